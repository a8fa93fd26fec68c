import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { compileFakeDriver } from './testdata/fake-driver.js'

it.runIf(process.platform === 'linux')(
  'a child that hangs in the driver ends with an agent that is killed',
  async () => {
    const driver = compileFakeDriver()
    onTestFinished(driver.remove)
    driver.play('count 1', 'card 0 open-hang')
    const sources = new URL('../../../../../scripts/from-sources.mjs', import.meta.url).href
    const file = fileURLToPath(new URL('./testdata/hanging-agent.ts', import.meta.url))
    const agent = spawn(process.execPath, ['--import', sources, file], {
      env: { ...process.env, ...driver.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void agent.kill('SIGKILL'))
    await once(agent.stdout, 'data')
    const child = Number(readFileSync(`/proc/${agent.pid}/task/${agent.pid}/children`, 'utf8'))
    // The driver is in its memory: by now it has asked the kernel, and calls what hangs.
    await expect.poll(() => mapsOf(child), { timeout: 10_000 }).toContain('libnvidia-ml')

    agent.kill('SIGKILL')
    await expect.poll(() => mapsOf(child), { timeout: 10_000 }).toBe('')
  },
)

/** What a process has in its memory; nothing once it has ended. */
function mapsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8')
  } catch {
    return ''
  }
}
