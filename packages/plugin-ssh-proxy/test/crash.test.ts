import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startAgentProcess } from './rig/agent-process.js'
import { type Centre, hasSshd, startCentre } from './rig/centre.js'
import { isRunning, kill, until } from './rig/processes.js'

describe.skipIf(!hasSshd)('An agent that was killed', { timeout: 60_000 }, () => {
  let centre: Centre

  beforeEach(async () => {
    centre = await startCentre()
  })
  afterEach(() => centre.stop())

  it('leaves no ssh behind, and has its tunnel up again when it is started', async () => {
    const first = await startAgentProcess(centre)
    await first.start(centre.config)
    const { pid } = await first.reaches('connected')
    // One that is stopped would not hear SIGTERM.
    kill(pid ?? 0, 'SIGSTOP')
    await first.end('SIGKILL')
    await until('its ssh is gone', () => !isRunning(pid ?? 0))

    const second = await startAgentProcess(centre)
    try {
      await second.reaches('connected', null)
    } finally {
      await second.end()
    }
  })

  it('has the ssh ended that it left where the kernel did not, and no other', async () => {
    const first = await startAgentProcess(centre)
    await first.start(centre.config)
    await first.reaches('connected')
    const file = join(centre.folder, 'state/ssh.pid')
    const record = JSON.parse(await readFile(file, 'utf8'))
    await first.end('SIGKILL')
    await until('its ssh is gone', () => !isRunning(record.pid))

    // The same ssh, as a system without setpriv would have left it.
    const [program = '', ...args] = record.command
    const orphan = spawn(program, args, { stdio: 'ignore', detached: true })
    await until('the orphan holds the port', async () => {
      const table = await readFile('/proc/net/tcp', 'latin1')
      const port = centre.config.server_listen_port.toString(16).toUpperCase().padStart(4, '0')
      return table.includes(`0100007F:${port} 00000000:0000 0A`)
    })
    const stat = await readFile(`/proc/${orphan.pid}/stat`, 'latin1')
    const start_time = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    await writeFile(file, JSON.stringify({ ...record, pid: orphan.pid, start_time }))

    const second = await startAgentProcess(centre)
    try {
      await second.reaches('connected', null)
      expect(isRunning(orphan.pid ?? 0)).toBe(false)
      expect(second.log().map(({ msg }) => msg)).toContain(
        'Ended the ssh that an earlier agent left behind.',
      )
    } finally {
      await second.end()
    }
  })

  it('does not end a stranger that has the port: it says who it is', async () => {
    const stranger = spawn(
      process.execPath,
      [
        '-e',
        `require('net').createServer().listen(${centre.config.server_listen_port}, '127.0.0.1')`,
      ],
      { stdio: 'ignore' },
    )
    const agent = await startAgentProcess(centre)
    try {
      await until('the stranger listens', async () => {
        await agent.start(centre.config)
        return (await agent.status()).last_error?.code === 'PORT_IN_USE'
      })
      const { last_error } = await agent.status()
      expect(last_error?.message).toContain(`(pid ${stranger.pid})`)
      expect(isRunning(stranger.pid ?? 0)).toBe(true)
    } finally {
      await agent.end()
      stranger.kill('SIGKILL')
    }
  })

  it('or stopped in good order, even with an ssh that hears nothing, ends within its time', async () => {
    const agent = await startAgentProcess(centre)
    await agent.start(centre.config)
    const { pid } = await agent.reaches('connected')
    kill(pid ?? 0, 'SIGSTOP')
    await agent.end('SIGTERM')
    await until('its ssh is gone', () => !isRunning(pid ?? 0))
  })
})
