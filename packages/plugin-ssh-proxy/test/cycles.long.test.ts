import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentProcess, startAgentProcess } from './rig/agent-process.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'
import { descendantsOf } from './rig/processes.js'

const CYCLES = 500

describe.skipIf(!hasSshd)('An agent whose tunnel is started and stopped five hundred times', () => {
  let centre: Centre
  let agent: AgentProcess

  beforeAll(async () => {
    centre = await startCentre()
    agent = await startAgentProcess(centre)
  })
  afterAll(async () => {
    await agent.end()
    await centre.stop()
  })

  it('keeps no process, descriptor or memory of them', async () => {
    const pid = agent.child.pid ?? 0
    const descriptors = () => readdirSync(`/proc/${pid}/fd`).length
    await cycle(20)
    const before = descriptors()
    const memory = await residentMb()
    await cycle(CYCLES)
    expect(descendantsOf(pid)).toEqual([])
    // Idle connections of its callers come and go.
    expect(descriptors() - before).toBeLessThan(10)
    expect((await residentMb()) - memory).toBeLessThan(30)
    expect((await agent.status()).events).toHaveLength(50)
    // A timer that was left would keep it from ending.
    await agent.end()
    expect(agent.child.signalCode ?? agent.child.exitCode).not.toBe('SIGKILL')
  })

  async function cycle(times: number): Promise<void> {
    for (let index = 0; index < times; index += 1) {
      await agent.start(centre.config)
      // At every point of its way: before ssh, in the login, and when it is up.
      if (index % 3 === 1) await agent.status()
      if (index % 3 === 2) await agent.reaches('connected')
      await agent.stopTunnel()
    }
  }

  async function residentMb(): Promise<number> {
    const response = await fetch(`${agent.url}/metrics`, {
      headers: { authorization: 'Bearer secret' },
    })
    const bytes = /^process_resident_memory_bytes (\S+)$/m.exec(await response.text())?.[1]
    return Number(bytes) / 1024 / 1024
  }
})
