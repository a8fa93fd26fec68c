import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../../test/chromium.js'
import { violations } from '../../../ui-kit/test/accessibility.js'
import { someLooks } from '../../../ui-kit/test/looks.js'
import {
  type StandInAgent,
  sampleConfig,
  tunnelOf,
} from '../../src/aggregator/testdata/stand-in-agent.js'
import { checkPage } from './check-page.js'
import { withTunnels } from './with-tunnels.js'

describe.skipIf(!chromiumPath)('The tunnels of the fleet', { timeout: 60_000 }, () => {
  const { ui, open } = withTunnels()
  const agents = new Map<string, StandInAgent>()

  it('are no page full of nothing where there are none', async () => {
    const { page } = await open('/p/ssh-proxy')
    await page.getByRole('heading', { name: 'No SSH proxies yet' }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('are listed with those in trouble first, sorted by the address', async () => {
    for (const state of ['connected', 'stopped', 'failed', 'reconnecting'] as const) {
      const agent = await ui().agent()
      agent.tunnel = tunnelOf(state)
      agents.set(state, agent)
      await ui().add(`fleet-${state}`, agent, sampleConfig())
    }
    await ui().add('fleet-none', await ui().agent())
    const { page, complaints } = await open('/p/ssh-proxy')
    const names = () => page.getByRole('rowheader').allInnerTexts()
    const byUrgency = ['fleet-failed', 'fleet-reconnecting', 'fleet-stopped', 'fleet-connected']
    await expect.poll(names, { timeout: 10_000 }).toEqual(byUrgency)
    await page.getByText('2 proxies need attention.').waitFor()
    await page
      .getByRole('row', { name: /fleet-failed/ })
      .getByText('The private key')
      .waitFor()
    await page.getByRole('button', { name: 'Server', exact: true }).click()
    await expect.poll(names).toEqual([...byUrgency].sort())
    expect(page.url()).toContain('sort=server')
    await page.goBack()
    await expect.poll(names).toEqual(byUrgency)
    await page.getByRole('link', { name: 'fleet-failed' }).click()
    await page.getByRole('heading', { level: 1, name: 'fleet-failed' }).waitFor()
    expect(complaints).toEqual([])
  })

  // One page in each look; every page in every look is in the long tests.
  const paths = ['/p/ssh-proxy', '/?view=table', '/', '/p/ssh-proxy']
  it.each(someLooks.map((look, index) => ({ ...look, path: paths[index] ?? '/' })))(
    'are accessible: $path, $colorScheme, $locale, $width px',
    async ({ path, ...look }) => checkPage(look, (options) => open(path, options)),
  )

  it('are marked on the overview where they are in trouble, as it happens', async () => {
    const { page } = await open('/')
    const mark = (name: string) =>
      page.locator(`mon-server-card:has([title="${name}"])`).locator('ssh-proxy-mark')
    await mark('fleet-reconnecting').getByText('Down, retrying').waitFor()
    await mark('fleet-reconnecting').getByText('5 retries').waitFor()
    await mark('fleet-connected').waitFor({ state: 'hidden' })
    const connected = agents.get('connected')
    if (connected) connected.tunnel = tunnelOf('degraded')
    await mark('fleet-connected').getByText('Connected, proxy silent').waitFor()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    const cell = (name: string) => page.getByRole('row', { name }).locator('ssh-proxy-cell')
    await cell('fleet-connected').getByText('Silent').waitFor()
    await cell('fleet-failed').getByText('Failed').waitFor()
    if (connected) connected.tunnel = tunnelOf('connected')
    await cell('fleet-connected').getByText('Running').waitFor()
  })

  it('are started anew all at once, and what came of it is told', async () => {
    const { page, complaints } = await open('/p/ssh-proxy')
    const failed = agents.get('failed')
    if (failed) {
      failed.refusal = {
        status: 403,
        code: 'REMOTE_CONFIG_REFUSED',
        detail: 'No.',
        hint: 'Set it.',
      }
    }
    await page.getByText('2 proxies need attention.').waitFor()
    await page.getByRole('button', { name: 'Reconnect all' }).click()
    await page.getByText('1 proxy started anew, 1 failed.').waitFor()
    await page.getByText('fleet-failed: REMOTE_CONFIG_REFUSED No.').waitFor()
    await page
      .getByRole('row', { name: /fleet-reconnecting/ })
      .getByText('Starting')
      .waitFor()
    await page.getByText('1 proxy needs attention.').waitFor()
    expect(agents.get('connected')?.asked).toEqual([])
    expect(agents.get('stopped')?.asked).toEqual([])
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})
