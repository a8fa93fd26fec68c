import type { Selectable } from 'kysely'
import type { Database } from '../database/database.js'
import { sqliteCodeOf } from '../database/sqlite-errors.js'
import { MonError } from '../errors.js'
import type { LatestStore } from '../live/latest.js'
import type { ServerView } from '../live/stream.js'
import { normaliseBaseUrl } from './base-url.js'
import type { NewServer, Server, ServerChange, ServerEntry, ServerStatus } from './server.js'
import { type ServersTable, toColumns, toEntry } from './servers-table.js'
import { createViews, type ServerInView } from './views.js'

/** The fleet, as plugins see it. */
export interface Servers {
  list(): Server[]
  get(id: number): Server | undefined
}

/** The entry after the change, or as it was before its deletion. */
export type ServerEvent =
  | { change: 'added' | 'deleted'; server: ServerEntry }
  | { change: 'changed'; server: ServerEntry; previous: ServerEntry }

/** The fleet, as the aggregator runs it: held in memory, kept in the table `servers`. */
export interface Fleet extends Servers {
  /** Reads the table; before that the fleet is empty. */
  load(): Promise<void>
  entries(): ServerEntry[]
  /** As the API shows it: the same object, which nobody may change, until the server changes. */
  view(id: number, view: ServerView): ServerInView | undefined
  /** The whole fleet, each server as it is when its turn comes. */
  views(view: ServerView): Iterable<ServerInView>
  /** What it takes to ask the agent of this server. The only way to a token. */
  target(id: number): AgentTarget | undefined
  /** Fails with SERVER_NAME_TAKEN or REQUEST_INVALID. */
  create(server: NewServer): Promise<Server>
  /** Fails with SERVER_NOT_FOUND, SERVER_NAME_TAKEN or REQUEST_INVALID. */
  update(id: number, change: ServerChange): Promise<Server>
  /** Fails with SERVER_NOT_FOUND. */
  remove(id: number): Promise<void>
}

export interface AgentTarget {
  base_url: string
  token: string | null
}

export interface FleetOptions {
  database: Database
  status(id: number): ServerStatus
  latest: LatestStore
  /** Told after the change is stored, before it is answered. Must not fail. */
  onChange(event: ServerEvent): void | Promise<void>
}

export function createServers({ database, status, latest, onChange }: FleetOptions): Fleet {
  const db = database.query<{ servers: ServersTable }>()
  const fleet = new Map<number, { entry: ServerEntry; token: string | null }>()
  const views = createViews({ status, latest })

  return {
    async load() {
      const rows = await db.selectFrom('servers').selectAll().orderBy('id').execute()
      fleet.clear()
      for (const row of rows) hold(row)
    },
    list: () => entries().map(show),
    get(id) {
      const entry = fleet.get(id)?.entry
      return entry && show(entry)
    },
    entries,
    view(id, view) {
      const entry = fleet.get(id)?.entry
      return entry && views.get(entry, view)
    },
    *views(view) {
      for (const { entry } of fleet.values()) yield views.get(entry, view)
    },
    target(id) {
      const server = fleet.get(id)
      return server && { base_url: server.entry.base_url, token: server.token }
    },

    async create({ name, base_url, token, tags, enabled, poll_interval_s }) {
      const created_at = now()
      const row = await db
        .insertInto('servers')
        .values({
          name: name.trim(),
          base_url: normaliseBaseUrl(base_url),
          token: token ?? null,
          tags: JSON.stringify(tags ?? []),
          enabled: Number(enabled ?? true),
          poll_interval_s: poll_interval_s ?? null,
          created_at,
          updated_at: created_at,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
        .catch((error) => rethrow(error, name))
      const entry = hold(row)
      await onChange({ change: 'added', server: entry })
      return show(entry)
    },

    async update(id, { token, ...change }) {
      const columns = toColumns(change)
      const row = await db
        .updateTable('servers')
        .set((row) => ({
          ...columns,
          ...(columns.base_url !== undefined && {
            // In the statement itself: two changes at once must not pair a token with an
            // address it was not given for.
            token: row.case().when('base_url', '=', columns.base_url).then(row.ref('token')).end(),
          }),
          ...(token !== undefined && { token }),
          updated_at: now(),
        }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
        .catch((error) => rethrow(error, change.name))
      const previous = fleet.get(id)?.entry
      if (row === undefined || previous === undefined) throw serverNotFound(id)
      const entry = hold(row)
      await onChange({ change: 'changed', server: entry, previous })
      return show(entry)
    },

    async remove(id) {
      const row = await db
        .deleteFrom('servers')
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) throw serverNotFound(id)
      fleet.delete(id)
      await onChange({ change: 'deleted', server: toEntry(row) })
    },
  }

  function entries(): ServerEntry[] {
    return [...fleet.values()].map(({ entry }) => entry)
  }

  function hold(row: Selectable<ServersTable>): ServerEntry {
    const entry = toEntry(row)
    fleet.set(entry.id, { entry, token: row.token })
    return entry
  }

  function show(entry: ServerEntry): Server {
    return { ...entry, ...status(entry.id), latest: latest.get(entry.id) ?? null }
  }
}

export function serverNotFound(id: number): MonError {
  return new MonError('SERVER_NOT_FOUND', `There is no server with id ${id}.`)
}

function rethrow(error: unknown, name: string | undefined): never {
  if (sqliteCodeOf(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error
  throw new MonError('SERVER_NAME_TAKEN', `Another server is called "${name?.trim()}".`, {
    hint: 'Give this one another name.',
    cause: error,
  })
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
