import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createMigrationRegistry } from '../../packages/core/src/database/migration-registry.js'
import { openDatabase } from '../../packages/core/src/database/open-database.js'
import { upgrade } from '../../packages/core/src/database/upgrade.js'
import { listen } from '../../packages/core/src/http/listen.js'
import { createHttpServer } from '../../packages/core/src/http/server.js'
import { createLatest } from '../../packages/core/src/live/latest.js'
import { streamRoutes } from '../../packages/core/src/live/routes.js'
import { createStream } from '../../packages/core/src/live/stream.js'
import { serverRoutes } from '../../packages/core/src/servers/routes.js'
import type { ServerStatus } from '../../packages/core/src/servers/server.js'
import { createServers } from '../../packages/core/src/servers/servers.js'
import { snapshotOf } from './snapshot.js'

const log = pino({ level: 'silent' })

/** A fleet behind the real routes, whose polls are played. */
export async function serveFleet(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mon-bench-'))
  const database = await openDatabase({ file: join(folder, 'monitor.db'), log })
  await upgrade(database, createMigrationRegistry().list(), { log })
  const latest = createLatest()
  const statuses = new Map<number, ServerStatus>()
  const status = (id: number) =>
    statuses.get(id) ?? ({ state: 'unknown', last_seen: null, last_error: null } as const)
  const servers = createServers({ database, latest, status, onChange: () => {} })
  for (let id = 1; id <= count; id += 1) {
    await servers.create({ name: `gpu-${id}`, base_url: `http://10.0.${id >> 8}.${id & 255}:7881` })
  }
  const ids = servers.entries().map(({ id }) => id)
  const stream = createStream({
    ids: () => ids,
    view: servers.view,
    log: pino({ level: 'silent' }),
  })

  const app = createHttpServer({
    log,
    title: 'Bench',
    description: 'Serving',
    version: '1.0.0',
    allowed_hosts: [],
    token: null,
  })
  app.register(serverRoutes({ servers, testConnection: () => Promise.reject(new Error('unused')) }))
  app.register(streamRoutes(stream))
  const url = await listen(app, { host: '127.0.0.1', port: 0 })

  let round = 0
  /** What a poll of each of these leaves behind, without the poll. */
  function answer(polled: readonly number[]): () => void {
    round += 1
    const answers = polled.map((id) => ({ id, snapshot: snapshotOf(id, round) }))
    return () => {
      for (const { id, snapshot } of answers) {
        latest.set(id, snapshot)
        statuses.set(id, { state: 'online', last_seen: snapshot.ts, last_error: null })
        stream.changed(id)
      }
    }
  }

  answer(ids)()
  return {
    servers,
    ids,
    url,
    answer,
    async close() {
      stream.close()
      await app.close()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
