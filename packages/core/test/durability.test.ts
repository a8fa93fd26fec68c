import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTestAgent } from '../src/testing/test-agent.js'
import { startBuiltAggregator, temporaryDirectory } from './built-aggregator.js'
import { killAndRestart } from './kill-and-restart.js'

describe('the aggregator', () => {
  it('loses no server that it has acknowledged, when it is killed in the midst of writes', async () => {
    await killAndRestart(3)
  }, 60_000)

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

  it('whose database is deleted goes on monitoring, says why and what to do, and loses nothing', async () => {
    const directory = await temporaryDirectory()
    const { child, url, addServer } = await startBuiltAggregator(directory)
    expect((await addServer('gpu-01')).status).toBe(201)
    await rm(join(directory, 'monitor.db'))

    const check = await untilDatabaseIs(false, url)
    const [copy = ''] = await backupsIn(directory)
    expect(check.message).toContain('monitor.db was deleted or replaced while it was in use')
    expect(check.message).toContain(
      `All it held is in ${join(directory, copy)}. Stop the aggregator`,
    )
    expect(await (await addServer('gpu-02')).json()).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      hint: expect.stringContaining(copy),
    })

    child.kill('SIGTERM')
    await once(child, 'close')
    await rename(join(directory, copy), join(directory, 'monitor.db'))
    const again = await startBuiltAggregator(directory)
    expect(await again.serverNames()).toEqual(['gpu-01'])
  }, 60_000)

  it('that is stopped just after its database was deleted saves it as well', async () => {
    const directory = await temporaryDirectory()
    const { child, addServer } = await startBuiltAggregator(directory)
    // It looks at the file every few seconds; nobody has seen this one since.
    await addServer('gpu-01')
    await rm(join(directory, 'monitor.db'))
    child.kill('SIGTERM')
    await once(child, 'close')
    expect(await backupsIn(directory)).toHaveLength(1)
  })

  it.runIf(canMount())(
    'goes on monitoring when the disk is full, says why before anybody writes, and recovers',
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
      const server = async () => (await fetch(`${url}/api/servers/1`)).json()
      expect((await addServer('gpu-01', agent.url)).status).toBe(201)

      const inside = `/proc/${child.pid}/root${directory}`
      await writeFile(join(inside, 'ballast'), Buffer.alloc(4 * 2 ** 20)).catch(() => undefined)
      expect(await untilDatabaseIs(false, url)).toMatchObject({
        message: expect.stringContaining('The disk is full: make room and try again.'),
      })
      expect(await addUntilRefused(addServer)).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        hint: 'The disk is full: make room and try again.',
      })
      const before = await server()
      await expect.poll(server, { timeout: 10_000 }).not.toEqual(before)
      expect(await server()).toMatchObject({ state: 'online' })

      await rm(join(inside, 'ballast'))
      expect((await addServer('gpu-02')).status).toBe(201)
      await untilDatabaseIs(true, url)
      await agent.stop()
    },
    60_000,
  )
})

/** What `/healthz` says of the database, once it says so. */
async function untilDatabaseIs(ok: boolean, url: string): Promise<{ message?: string }> {
  const health = async () => (await fetch(`${url}/healthz`)).json()
  await expect
    .poll(health, { timeout: 30_000, interval: 200 })
    .toMatchObject({ status: ok ? 'ok' : 'degraded', checks: { database: { ok } } })
  return (await health()).checks.database
}

async function backupsIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith('monitor.db.backup-'))
}

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
