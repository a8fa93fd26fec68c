import type { Database, ServerEntry } from '@mon/core'
import type { GpuInfo } from '../gpu-info.js'

/** A row of `gpu_cards`; times are epoch seconds by the aggregator's clock. */
export interface CardRow {
  server_id: number
  uuid: string
  gpu_index: number
  name: string | null
  first_seen: number
  last_seen: number
  lost_at: number | null
}

interface Log {
  info(message: string): void
  warn(message: string): void
}

/** Every card that was ever seen on a server, kept in the database; decides in memory. */
export interface CardRegistry {
  /** Reads what earlier runs have seen. */
  load(): Promise<void>
  /**
   * Takes note of the cards that a server has now. @returns those that it had and has no more
   */
  observe(server: ServerEntry, cards: readonly GpuInfo[], now: number): CardRow[]
  /** The cards that the server has lost. */
  lost(serverId: number): CardRow[]
  /** It is another machine now, or gone; or one card was taken out for good. */
  forget(serverId: number, uuid?: string): Promise<void>
}

/** `last_seen` is written no more often than this. */
const WRITE_INTERVAL_S = 300

export function createCardRegistry(database: Database, log: Log): CardRegistry {
  const db = database.query<{ gpu_cards: CardRow }>()
  const servers = new Map<number, Map<string, CardRow>>()
  const written = new WeakMap<CardRow, CardRow>()
  let writing: Promise<unknown> = Promise.resolve()

  function rowsOf(serverId: number): Map<string, CardRow> {
    const rows = servers.get(serverId) ?? new Map<string, CardRow>()
    servers.set(serverId, rows)
    return rows
  }

  /** One write after the other, so that the newest is the last. */
  function save(rows: readonly CardRow[]): void {
    if (rows.length === 0) return
    const values = rows.map((row) => ({ ...row }))
    rows.forEach((row, place) => {
      written.set(row, values[place] ?? row)
    })
    writing = writing
      .then(() => store(values))
      .catch((error: unknown) => {
        log.warn(`Cards could not be stored: ${String(error)}`)
      })
  }

  async function store(values: readonly CardRow[]): Promise<void> {
    await db
      .insertInto('gpu_cards')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['server_id', 'uuid']).doUpdateSet((row) => ({
          gpu_index: row.ref('excluded.gpu_index'),
          name: row.ref('excluded.name'),
          last_seen: row.ref('excluded.last_seen'),
          lost_at: row.ref('excluded.lost_at'),
        })),
      )
      .execute()
  }

  function see(server: ServerEntry, rows: Map<string, CardRow>, card: GpuInfo, now: number): void {
    const { uuid, index, name = null } = card
    if (!uuid) return
    const row = rows.get(uuid) ?? create(server.id, uuid, card, now)
    rows.set(uuid, row)
    if (row.lost_at !== null) log.info(`${describe(server, row)} is back.`)
    row.gpu_index = index
    row.name = name ?? row.name
    row.last_seen = now
    row.lost_at = null
  }

  function miss(server: ServerEntry, row: CardRow, now: number): void {
    row.lost_at = now
    log.warn(`${describe(server, row)} has vanished.`)
  }

  function lost(serverId: number): CardRow[] {
    const missed: CardRow[] = []
    for (const row of servers.get(serverId)?.values() ?? []) {
      if (row.lost_at !== null) missed.push(row)
    }
    return missed
  }

  return {
    async load() {
      servers.clear()
      for (const row of await db.selectFrom('gpu_cards').selectAll().execute()) {
        rowsOf(row.server_id).set(row.uuid, row)
        written.set(row, { ...row })
      }
    },
    observe(server, cards, now) {
      // An agent of version 1.0 does not tell its cards apart.
      if (cards.some(({ uuid, state }) => !uuid && state !== 'lost')) return lost(server.id)
      const rows = rowsOf(server.id)
      const present = cards.filter(({ state }) => state !== 'lost')
      for (const card of present) see(server, rows, card, now)
      const uuids = new Set(present.map(({ uuid }) => uuid))
      for (const row of rows.values()) {
        if (row.lost_at === null && !uuids.has(row.uuid)) miss(server, row, now)
      }
      save([...rows.values()].filter((row) => needsWriting(row, written.get(row))))
      return lost(server.id)
    },
    lost,
    async forget(serverId, uuid) {
      if (uuid === undefined) servers.delete(serverId)
      else servers.get(serverId)?.delete(uuid)
      const all = db.deleteFrom('gpu_cards').where('server_id', '=', serverId)
      const statement = uuid === undefined ? all : all.where('uuid', '=', uuid)
      // In its turn: what the next machine shows is written after it.
      const done = writing.then(() => statement.execute())
      writing = done.catch(() => undefined)
      await done
    },
  }
}

function create(server_id: number, uuid: string, card: GpuInfo, now: number): CardRow {
  return {
    server_id,
    uuid,
    gpu_index: card.index,
    name: card.name ?? null,
    first_seen: now,
    last_seen: now,
    lost_at: null,
  }
}

function needsWriting(row: CardRow, written: CardRow | undefined): boolean {
  if (written === undefined) return true
  return (
    row.gpu_index !== written.gpu_index ||
    row.name !== written.name ||
    row.lost_at !== written.lost_at ||
    row.last_seen - written.last_seen >= WRITE_INTERVAL_S
  )
}

function describe({ name }: ServerEntry, { gpu_index, name: model, uuid }: CardRow): string {
  return `GPU ${gpu_index} of ${name} (${model ?? 'unknown model'}, ${uuid})`
}
