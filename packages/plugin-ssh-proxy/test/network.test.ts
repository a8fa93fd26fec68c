import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { type AgentProcess, startAgentProcess } from './rig/agent-process.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'
import { createNetwork, hasNetworkNamespaces, type Network } from './rig/network.js'
import { until } from './rig/processes.js'

describe.skipIf(!hasSshd || !hasNetworkNamespaces)(
  'Over a real network, a tunnel',
  { timeout: 120_000 },
  () => {
    let network: Network
    let centre: Centre
    let agent: AgentProcess

    beforeAll(async () => {
      network = createNetwork(1)
      centre = await startCentre({ namespace: network.centre, address: network.centre_address })
      agent = await startAgentProcess(centre, {
        namespace: network.server,
        listen: `${network.server_address}:${await freePort()}`,
        settings: { probe_interval_s: 1 },
      })
    })
    afterAll(async () => {
      await agent?.end()
      await centre?.stop()
      network?.remove()
    })

    const codes = async () => (await agent.status()).events.map(({ code }) => code)

    it('that is cut without a word is noticed as lost, and is back when the link is', async () => {
      await agent.start(centre.config)
      const { pid } = await agent.reaches('connected')
      network.cut()
      try {
        // First the silence, then, for the new ssh, a centre that does not answer.
        await agent.reaches('reconnecting', 'LINK_LOST', 40_000)
        await agent.reaches('reconnecting', 'CONNECT_TIMEOUT', 40_000)
        expect((await agent.status()).next_retry_at).toEqual(expect.any(Number))
      } finally {
        network.mend()
      }
      const back = await agent.reaches('connected', null)
      expect(back.pid).not.toBe(pid)
      expect(await codes()).toEqual(expect.arrayContaining(['LINK_LOST', 'CONNECT_TIMEOUT']))
      await agent.stopTunnel()
    })

    it('whose server has no route says so, and is up when it has one', async () => {
      network.withoutRoute(true)
      try {
        await agent.start(centre.config)
        const { last_error } = await agent.reaches('reconnecting', 'NETWORK_UNREACHABLE')
        expect(last_error?.hint).toContain(`ip route get ${network.centre_address}`)
      } finally {
        network.withoutRoute(false)
      }
      await agent.reaches('connected', null)
      await agent.stopTunnel()
    })

    it('cannot be had without 127.0.0.1, which is said without a login', async () => {
      const loopback = (change: string) =>
        execFileSync('ip', ['-n', network.server, 'addr', change, '127.0.0.1/8', 'dev', 'lo'])
      loopback('del')
      try {
        await agent.start(centre.config)
        await agent.reaches('failed', 'BIND_FAILED')
      } finally {
        loopback('add')
      }
      await agent.stopTunnel()
    })

    it('whose centre was away when the agent started comes up when it is there', async () => {
      await centre.stopSshd('all')
      await agent.start(centre.config)
      await agent.reaches('reconnecting', 'SSHD_DOWN')
      await centre.startSshd()
      await agent.reaches('connected', null)
      await until(
        'nothing is said of it any more',
        async () => (await agent.status()).last_error === null,
      )
    })
  },
)
