import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../../test/chromium.js'
import { type ProxyAgent, startProxyAgent } from '../rig/agent.js'
import { type Centre, hasSshd, startCentre } from '../rig/centre.js'
import { stateOf } from './card-states.js'
import { withTunnels } from './with-tunnels.js'

/** A browser, an aggregator, an agent, an ssh, an sshd and a proxy: all real. */
describe.skipIf(!hasSshd || !chromiumPath)('A tunnel, all the way', { timeout: 120_000 }, () => {
  const { ui, open } = withTunnels()
  let centre: Centre
  let agent: ProxyAgent

  beforeEach(async () => {
    centre = await startCentre()
    agent = await startProxyAgent(centre)
  })
  afterEach(async () => {
    await agent.stop()
    await centre.stop()
  })

  it('is set up in the form, seen to work and to break, stopped, and disabled for good', async () => {
    const { config } = centre
    const { page, complaints } = await open('/servers?edit=new')
    const drawer = page.getByRole('dialog').filter({ has: page.locator('.form') })
    const field = (name: string) => drawer.locator(`#ssh-proxy-${name}`)
    const save = () => drawer.locator('.save .btn:last-of-type').click()
    await drawer.getByLabel('Name', { exact: true }).fill('gpu-01')
    await drawer.getByLabel('Agent address').fill(agent.url)
    await drawer.locator('summary').click()
    await drawer.getByRole('switch', { name: 'Use a proxy' }).click()
    await field('server_listen_port').fill(String(config.server_listen_port))
    await field('center_proxy_port').fill(String(config.center_proxy_port))
    await field('center_ssh_host').fill('not.allowed.example')
    await field('center_ssh_port').fill(String(config.center_ssh_port))
    await field('center_ssh_user').fill(config.center_ssh_user)
    await field('identity_file').fill(config.identity_file)
    await save()
    await drawer.getByText('not.allowed.example is not among allowed_ssh_hosts').first().waitFor()
    await field('center_ssh_host').fill(config.center_ssh_host)
    await save()
    await drawer.waitFor({ state: 'detached' })

    await page.goto(`${ui().url}/servers/1`)
    const card = page.locator('ssh-proxy-card')
    const shows = (word: string) =>
      stateOf(card).getByText(word, { exact: true }).waitFor({ timeout: 20_000 })
    await shows('Running')
    await card
      .getByText(`export https_proxy=http://127.0.0.1:${config.server_listen_port}`)
      .waitFor()

    await centre.stopProxy()
    await shows('Connected, proxy silent')
    await card.getByText('PROXY_DOWN').first().waitFor()
    await centre.startProxy()
    await shows('Running')
    await centre.stopSshd('all')
    await shows('Down, retrying')
    await card.locator('mon-countdown').waitFor()
    const [tunnel] = await list()
    expect(tunnel).toMatchObject({
      server: 'gpu-01',
      status: { status: 'reconnecting', last_error: { code: expect.any(String) } },
      last_connected: expect.any(Number),
    })
    await centre.startSshd()
    await shows('Running')

    await card.getByRole('button', { name: 'Stop', exact: true }).click()
    await shows('Stopped')
    await agent.reaches('stopped')
    await card.getByRole('button', { name: 'Start', exact: true }).click()
    await shows('Running')
    await ui().aggregator.request('PUT', '/api/servers/1/proxy', {
      config: { ...config, enabled: false },
    })
    await shows('Disabled')
    expect((await agent.post('start')).status).toBe(409)
    expect(complaints).toEqual([])
  })

  async function list(): Promise<unknown[]> {
    const tunnels = await ui().aggregator.request('GET', '/api/proxies')
    return Array.isArray(tunnels) ? tunnels : []
  }
})
