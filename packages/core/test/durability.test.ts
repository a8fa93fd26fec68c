import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTestAgent } from '../src/testing/test-agent.js'
import { startBuiltAggregator, temporaryDirectory } from './built-aggregator.js'
import { killAndRestart } from './kill-and-restart.js'

describe('the aggregator', () => {
  it('loses no server that it has acknowledged, when it is killed in the midst of writes', async () => {
    await killAndRestart(3)
  })

  it('is the only one on its database: a second one says so', async () => {
    const directory = await temporaryDirectory()
    const first = await startBuiltAggregator(directory)
    const second = await startBuiltAggregator(directory)
    expect(second.url).toBe('')
    expect(second.errors()).toMatch(
      /^DATABASE_IN_USE: Another process runs on the database .*monitor\.db\./,
    )
    expect(await first.serverNames()).toEqual([])
  })

  it.runIf(canMount())(
    'goes on monitoring when the disk is full, says why, and recovers',
    async () => {
      const agent = await startTestAgent()
      const directory = await temporaryDirectory()
      // A disk of its own, which only the aggregator and its children see.
      const disk = `mount -t tmpfs -o size=2m tmpfs '${directory}' && cd '${directory}' && exec "$@"`
      const { child, url, addServer } = await startBuiltAggregator(directory, [
        'unshare',
        '--mount',
        'sh',
        '-c',
        disk,
        'sh',
      ])
      const get = async (path: string): Promise<unknown> => (await fetch(url + path)).json()
      expect((await addServer('gpu-01', agent.url)).status).toBe(201)

      const inside = `/proc/${child.pid}/root${directory}`
      await writeFile(join(inside, 'ballast'), Buffer.alloc(4 * 2 ** 20)).catch(() => undefined)
      const refused = await addUntilRefused(addServer)
      expect(refused).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        hint: 'The disk is full: make room and try again.',
      })
      expect(await get('/healthz')).toMatchObject({
        status: 'degraded',
        checks: { database: { ok: false, message: expect.stringContaining('disk is full') } },
      })
      const before = await get('/api/servers/1')
      await expect.poll(() => get('/api/servers/1'), { timeout: 10_000 }).not.toEqual(before)
      expect(await get('/api/servers/1')).toMatchObject({ state: 'online' })

      await rm(join(inside, 'ballast'))
      expect((await addServer('gpu-02')).status).toBe(201)
      expect(await get('/healthz')).toMatchObject({
        status: 'ok',
        checks: { database: { ok: true } },
      })
      await agent.stop()
    },
  )
})

/** SQLite may have a page or two left in files that it has already. */
async function addUntilRefused(add: (name: string) => Promise<Response>): Promise<unknown> {
  for (let n = 0; n < 1000; n += 1) {
    const response = await add(`ballast-${n}`)
    if (!response.ok) return response.json()
  }
  return undefined
}

/** Root on Linux may mount a small disk in a namespace of its own. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
