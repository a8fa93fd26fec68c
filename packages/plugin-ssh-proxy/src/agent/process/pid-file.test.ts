import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPidFile, startTimeOf } from './pid-file.js'

const command = ['sleep', '60']

describe.skipIf(process.platform !== 'linux')('The process that an agent left behind', () => {
  it('is ended, also when it does not hear SIGTERM', async () => {
    const { file, pidFile } = await folder()
    const child = await start()
    pidFile.write(child.pid ?? 0, command)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await change(file, { agent_pid: 1, agent_start_time: 'gone' })
    expect(await pidFile.endOrphan(200)).toBe(child.pid)
    expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL')
    expect(await pidFile.endOrphan(200)).toBeNull()
  })

  it.each([
    ['was started at another time', { start_time: '1' }],
    ['runs another command', { command: ['sleep', '61'] }],
    ['belongs to an agent that lives', {}],
  ])('is left alone if it %s', async (_, difference) => {
    const { file, pidFile } = await folder()
    const child = await start()
    pidFile.write(child.pid ?? 0, command)
    // A living agent that is not this process: its parent.
    const agent = { agent_pid: process.ppid, agent_start_time: startTimeOf(process.ppid) }
    const gone = { agent_pid: 1, agent_start_time: 'gone' }
    await change(file, Object.keys(difference).length === 0 ? agent : { ...gone, ...difference })
    expect(await pidFile.endOrphan(200)).toBeNull()
    expect(child.exitCode ?? child.signalCode).toBeNull()
  })

  it('is nobody if the file is not there, or is damaged', async () => {
    const { file, pidFile } = await folder()
    expect(await pidFile.endOrphan(200)).toBeNull()
    for (const text of ['', '{', '{"pid":1}', '{"pid":-1}', 'null']) {
      await writeFile(file, text)
      expect(await pidFile.endOrphan(200)).toBeNull()
    }
  })
})

async function folder() {
  const file = join(await mkdtemp(join(tmpdir(), 'mon-pid-')), 'ssh.pid')
  return { file, pidFile: createPidFile(file) }
}

async function start(): Promise<ChildProcess> {
  const args = ['--ignore-signal=TERM', ...command]
  const child = spawn('env', args, { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  // Until `env` has become the command.
  while (!readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').startsWith('sleep')) await sleep(5)
  return child
}

async function change(file: string, values: object): Promise<void> {
  const record = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...record, ...values }))
}
