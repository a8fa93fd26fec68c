import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createMigrationRegistry } from '../database/migration-registry.js'
import { openForTest, tempFile } from '../database/testdata/files.js'
import { upgrade } from '../database/upgrade.js'
import { createHttpServer, type HttpServer } from '../http/server.js'
import { createLatest, type LatestStore } from '../live/latest.js'
import type { LatestSnapshot } from '../snapshot/snapshot.js'
import { sampleSnapshot as plainSnapshot } from '../snapshot/testdata/sample-snapshot.js'
import type { TestConnection } from './connection-test.js'
import { serverRoutes } from './routes.js'
import type { ServerStatus } from './server.js'
import { createServers, type Fleet, type ServerEvent } from './servers.js'

/** A fleet over a real SQLite file, for tests. */
export interface TestFleet {
  servers: Fleet
  latest: LatestStore
  /** What was told of changes, oldest first. */
  events: ServerEvent[]
  /** Servers without an entry are `unknown`. */
  statuses: Map<number, ServerStatus>
  file: string
}

const unknown: ServerStatus = { state: 'unknown', last_seen: null, last_error: null }

export async function openTestFleet(file = tempFile()): Promise<TestFleet> {
  const database = await openForTest(file)
  const log = pino({ level: 'silent' })
  await upgrade(database, createMigrationRegistry().list(), { log })
  const latest = createLatest()
  const events: ServerEvent[] = []
  const statuses = new Map<number, ServerStatus>()
  const servers = createServers({
    database,
    latest,
    status: (id) => statuses.get(id) ?? unknown,
    onChange: (event) => void events.push(event),
  })
  await servers.load()
  return { servers, latest, events, statuses, file }
}

/** The routes over that fleet, behind all that stands before them in the aggregator. */
export function serveTestFleet(servers: Fleet, testConnection: TestConnection): HttpServer {
  const app = createHttpServer({
    log: pino({ level: 'silent' }),
    title: 'Test',
    description: 'The fleet',
    version: '1.0.0',
    allowed_hosts: [],
    token: null,
  })
  app.register(serverRoutes({ servers, testConnection }))
  onTestFinished(() => app.close())
  return app
}

export const sampleSnapshot: LatestSnapshot = {
  ...plainSnapshot,
  gpus: [{ index: 0, ...{ name: 'A100', util_pct: 55, processes: [{ pid: 1 }] } }],
  open_files: 1234,
}
