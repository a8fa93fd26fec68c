import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../../test/chromium.js'
import { expectWhole, violations } from '../../../ui-kit/test/accessibility.js'
import { sampleConfig, tunnelOf } from '../../src/aggregator/testdata/stand-in-agent.js'
import { withTunnels } from './with-tunnels.js'

describe.skipIf(!chromiumPath)('The tunnel in the form of a server', { timeout: 60_000 }, () => {
  const { ui, open } = withTunnels()
  const read = (id: number) => ui().aggregator.request('GET', `/api/servers/${id}/proxy`)

  let servers = 0
  async function form(config?: ReturnType<typeof sampleConfig>, options = {}) {
    const agent = await ui().agent()
    servers += 1
    const id = await ui().add(`form-${servers}`, agent, config)
    const { page, complaints } = await open(`/servers?edit=${id}`, options)
    return { agent, id, page, complaints, ...(await unfold(page)) }
  }

  async function unfold(page: Page) {
    const drawer = page.getByRole('dialog').filter({ has: page.locator('.form') })
    await drawer.locator('summary').click()
    const part = drawer.locator('ssh-proxy-form')
    const use = part.locator('input[role="switch"]').first()
    await use.waitFor()
    const save = () => drawer.locator('.save .btn:last-of-type').click()
    const field = (name: string) => part.locator(`#ssh-proxy-${name}`)
    return { drawer, part, use, save, field }
  }

  it('comes with a new server: checked as it is typed, saved and started with it', async () => {
    const agent = await ui().agent()
    const { page, complaints } = await open('/servers?edit=new')
    const { drawer, part, use, save, field } = await unfold(page)
    await drawer.getByLabel('Name', { exact: true }).fill('new-01')
    await drawer.getByLabel('Agent address').fill(agent.url)
    expect(await field('center_ssh_host').count()).toBe(0)
    await use.click()
    await field('server_listen_port').fill('80')
    await part.getByText('Use 1024–65535').waitFor()
    await field('server_listen_port').fill('8081')
    await part.getByText('Use 1024–65535').waitFor({ state: 'detached' })
    await field('center_ssh_host').fill('op@centre')
    await part.getByText('A host name or IP address, without user and port').waitFor()
    // Of what is still empty nothing is said before somebody tries to save.
    expect(await part.getByText('Fill this in').count()).toBe(0)
    await save()
    await drawer.getByText('1 field needs attention').waitFor()
    await expect.poll(() => part.getByText('Fill this in').count()).toBe(2)
    await expect
      .poll(() => field('center_ssh_host').evaluate((input) => input === document.activeElement))
      .toBe(true)
    await field('center_ssh_host').fill('10.0.0.2')
    await field('center_ssh_user').fill('tunnel')
    await field('identity_file').fill('/home/op/.ssh/id_ed25519')
    await save()
    await page.getByText('Added new-01').waitFor()
    const config = sampleConfig({ server_listen_port: 8081 })
    expect(agent.asked).toEqual([{ action: 'start', body: { config } }])
    expect(complaints).toEqual([])
  })

  it('is not saved with a server whose tunnel nobody has touched, or switched on and off again', async () => {
    const { agent, id, page, drawer, use, save } = await form()
    await use.click()
    await use.click()
    await drawer.getByLabel('Tags').fill('quiet')
    await save()
    await page.getByText(/^Saved form-/).waitFor()
    expect(await read(id)).toMatchObject({ config: null })
    expect(agent.asked).toEqual([])
  })

  it('shows what is saved, and stops a tunnel that is switched off', async () => {
    const { agent, id, page, use, save, field, part } = await form(sampleConfig())
    agent.tunnel = tunnelOf('connected')
    expect(await field('identity_file').inputValue()).toBe('/home/op/.ssh/id_ed25519')
    await part.getByRole('switch', { name: 'Start with the agent' }).click()
    await use.click()
    await save()
    await page.getByText(/^Saved form-/).waitFor()
    const config = sampleConfig({ enabled: false, auto_start: false })
    expect(agent.asked).toEqual([{ action: 'stop', body: { config } }])
    expect(await read(id)).toMatchObject({ config, status: { status: 'stopped' } })
  })

  it('says what to do on the agent when it does not allow it, and starts once it does', async () => {
    const { agent, id, page, save, field, part, drawer } = await form(sampleConfig())
    agent.refusal = {
      status: 403,
      code: 'REMOTE_CONFIG_REFUSED',
      detail:
        'The agent does not allow this tunnel: center_ssh_host is not among allowed_ssh_hosts.',
      hint: 'Set the keys that are named.',
    }
    await field('center_ssh_host').fill('10.0.0.9')
    await save()
    await part.getByText('Saved, but the agent does not allow it to start').waitFor()
    await part.getByText('center_ssh_host is not among allowed_ssh_hosts').waitFor()
    const snippet = await part.locator('.code > span').first().innerText()
    expect(snippet).toBe(
      [
        'plugins:',
        "  '@mon/plugin-ssh-proxy':",
        "    allowed_ssh_hosts: ['10.0.0.9']",
        '    identity_dir: /home/op/.ssh',
      ].join('\n'),
    )
    await drawer.getByText('REMOTE_CONFIG_REFUSED').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await read(id)).toMatchObject({ config: { center_ssh_host: '10.0.0.9' } })
    agent.refusal = null
    await save()
    await page.getByText(/^Saved form-/).waitFor()
    expect(agent.asked).toHaveLength(2)
  })

  it('is saved where the agent cannot be reached, and says that it does not run', async () => {
    const { agent, id, page, save, field } = await form(sampleConfig())
    agent.isGone = true
    await field('center_proxy_port').fill('7880')
    await save()
    await page.getByText('The SSH proxy was saved, but could not be started').waitFor()
    await page.getByText('AGENT_UNREACHABLE').first().waitFor()
    await page.getByText(/^Saved form-/).waitFor()
    expect(await read(id)).toMatchObject({ config: { center_proxy_port: 7880 } })
  })

  it('does not overwrite what another editor has saved meanwhile', async () => {
    const { id, save, field, drawer } = await form(sampleConfig())
    await field('center_proxy_port').fill('7880')
    const theirs = sampleConfig({ center_proxy_port: 7999 })
    await ui().aggregator.request('PUT', `/api/servers/${id}/proxy`, { config: theirs })
    await save()
    await drawer.getByText('Somebody else has changed it meanwhile').waitFor()
    expect(await read(id)).toMatchObject({ config: theirs })
  })

  it.each([
    ['light', 'zh-CN', 1440],
    ['dark', 'en-US', 320],
  ] as const)(
    'is accessible, with errors too: %s, %s, %d px',
    async (colorScheme, locale, width) => {
      const viewport = { width, height: 900 }
      const { page, complaints, field, save } = await form(
        sampleConfig({ strict_host_key_checking: false }),
        { colorScheme, locale, viewport },
      )
      await field('center_ssh_port').fill('x')
      await field('identity_file').fill('')
      await save()
      await page.locator('ssh-proxy-form .form-error').nth(1).waitFor()
      await expectWhole({ page, complaints })
    },
  )
})
