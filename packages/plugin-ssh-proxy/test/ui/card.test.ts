import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../../test/chromium.js'
import { fewLooks } from '../../../ui-kit/test/looks.js'
import { sampleConfig, tunnelOf } from '../../src/aggregator/testdata/stand-in-agent.js'
import { checkCard, stateOf } from './card-states.js'
import { withTunnels } from './with-tunnels.js'

describe.skipIf(!chromiumPath)('The tunnel on the page of its server', () => {
  const { ui, open } = withTunnels()

  // The states with the most to show; all of them are in the long tests.
  const named = ['none', 'connected', 'reconnecting', 'unreachable']

  it.each(fewLooks)(
    'tells every state as it comes: $colorScheme, $locale, $width px',
    async (look) => {
      const { colorScheme, locale, width } = look
      const options = { colorScheme, locale, viewport: { width, height: 900 } }
      await checkCard(ui(), look, (path) => open(path, options), named)
    },
    90_000,
  )

  let servers = 0
  async function card(status: Parameters<typeof tunnelOf>[0]) {
    const agent = await ui().agent()
    agent.tunnel = tunnelOf(status)
    servers += 1
    const id = await ui().add(`card-${servers}`, agent, sampleConfig())
    const { page, complaints } = await open(`/servers/${id}`)
    const element = page.locator('ssh-proxy-card')
    const button = (name: string) => element.getByRole('button', { name, exact: true })
    const shows = (word: string) => stateOf(element).getByText(word, { exact: true }).waitFor()
    return { agent, id, page, complaints, element, button, shows }
  }

  /** Keeps starts and stops waiting. */
  function hold(agent: Awaited<ReturnType<typeof card>>['agent']): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    agent.held = promise
    return resolve
  }

  it('says what is wrong with code, hint and copy, how often it was tried, and counts down', async () => {
    const { element, agent, shows } = await card('reconnecting')
    await shows('Down, retrying')
    await element.getByText('SSHD_DOWN ssh: connect to host').waitFor()
    await element.getByText('Start sshd on the centre, or correct center_ssh_port.').waitFor()
    await element.getByRole('button', { name: 'Copy error' }).waitFor()
    await element.getByText(/^\s*5, next/).waitFor()
    const countdown = element.locator('mon-countdown')
    const first = Number((await countdown.innerText()).replace(/\D/g, ''))
    expect(first).toBeGreaterThan(5)
    await expect
      .poll(async () => Number((await countdown.innerText()).replace(/\D/g, '')))
      .toBeLessThan(first)
    agent.tunnel = tunnelOf('connected')
    await shows('Running')
    await element.getByText('export https_proxy=http://127.0.0.1:8080').waitFor()
  })

  it('folds its events away, newest first', async () => {
    const { element } = await card('failed')
    await element.getByText('Events').click()
    const events = element.getByRole('listitem')
    await expect.poll(() => events.count()).toBe(3)
    expect(await events.first().innerText()).toMatch(/KEY_PERMS Now failed\./)
  })

  it('starts at once to the eye, and says so when it is done', async () => {
    const { agent, button, shows, page, complaints } = await card('stopped')
    await shows('Stopped')
    expect(await button('Stop').getAttribute('aria-disabled')).toBe('true')
    expect(await button('Restart').getAttribute('aria-disabled')).toBe('true')
    const release = hold(agent)
    await button('Start').click()
    await shows('Starting')
    const pending = button('Starting…')
    expect(await pending.getAttribute('aria-busy')).toBe('true')
    expect(await button('Stop').getAttribute('aria-disabled')).toBe('true')
    await pending.dispatchEvent('click')
    release()
    await page.getByText('SSH proxy started, now connecting').waitFor()
    await shows('Starting')
    await expect.poll(() => button('Stop').getAttribute('aria-disabled')).toBeNull()
    expect(agent.asked).toEqual([{ action: 'start', body: { config: sampleConfig() } }])
    agent.tunnel = tunnelOf('connected')
    await shows('Running')
    expect(complaints).toEqual([])
  })

  it('goes back to what it was when the agent refuses, and says why there, too', async () => {
    const { agent, button, shows, element, page } = await card('connected')
    await shows('Running')
    agent.refusal = {
      status: 409,
      code: 'PORT_IN_USE',
      detail: '127.0.0.1:8080 is held by pid 4121 (clash).',
      hint: 'Stop clash.',
    }
    const release = hold(agent)
    await button('Restart').click()
    await shows('Starting')
    release()
    await shows('Running')
    for (const place of [element, page.locator('mon-toasts, .toasts')]) {
      await place.getByRole('alert').getByText('PORT_IN_USE 127.0.0.1:8080').first().waitFor()
    }
    agent.refusal = null
    await button('Stop').click()
    await shows('Stopped')
    await page.getByText('SSH proxy stopped', { exact: true }).waitFor()
    expect(await element.getByRole('alert').count()).toBe(0)
  })

  it('goes back, too, when the agent is gone, and leads to the settings', async () => {
    const { agent, button, shows, element, page, id } = await card('stopped')
    await shows('Stopped')
    agent.isGone = true
    await button('Start').click()
    await element.getByRole('alert').getByText('AGENT_UNREACHABLE').waitFor()
    await shows('Agent does not answer')
    await element.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('dialog', { name: /^Edit card-/ }).waitFor()
    expect(page.url()).toContain(`/servers?edit=${id}`)
  })

  it('says that the centre cannot be asked, and tries again by hand', async () => {
    const { page, id } = await card('connected')
    const path = `**/api/servers/${id}/proxy`
    await page.route(path, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'DATABASE_UNAVAILABLE', detail: 'The disk is full.' }),
      }),
    )
    await page.reload({ waitUntil: 'commit' })
    const element = page.locator('ssh-proxy-card')
    await element.getByText(/^DATABASE_UNAVAILABLE .* The disk is full\.$/).waitFor()
    await page.unroute(path)
    await element.getByRole('button', { name: 'Retry' }).click()
    await stateOf(element).getByText('Running', { exact: true }).waitFor()
  })
})
