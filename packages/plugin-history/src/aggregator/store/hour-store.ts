import type { Database } from '@mon/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { HourlyColumn } from '../../columns.js'
import { TABLE } from '../../table.js'
import { type Hour, isHourState, toRow } from '../rollup/hour.js'

/** An hour to which nothing is added any more. */
export interface EndedHour {
  server_id: number
  ts: number
  /** An HourRow. */
  json: string
}

/** The table `samples_hourly`, and the hours that are not over. */
export interface HourStore {
  /**
   * Stores what is new of these, all or nothing. A row is replaced by one of as many readings or
   * more, never of fewer; storing the same again changes nothing. What belongs to a server that was
   * deleted meanwhile is left out.
   */
  write(hours: { changed: readonly Hour[]; ended: readonly EndedHour[] }): Promise<void>
  /** The hours that earlier runs have left open. */
  load(): Promise<Hour[]>
  endedHour(hour: Hour): EndedHour
}

// Of a whole batch one parameter is handed to the thread of the database: text is copied fast.
export function createHourStore(database: Database, columns: readonly HourlyColumn[]): HourStore {
  const db = database.query<{ history_open_hours: OpenHours }>()
  const upsertRows = upsertOf(columns.map(({ name }) => name))

  return {
    async write({ changed, ended }) {
      await db.transaction().execute(async (transaction) => {
        if (ended.length > 0) {
          await upsertRows(`[${ended.map(({ json }) => json).join()}]`).execute(transaction)
          await forgetOpen(transaction, ended)
        }
        if (changed.length > 0) {
          const rows = changed.map((hour) => toRow(hour, columns))
          await upsertRows(JSON.stringify(rows)).execute(transaction)
          await keepOpen(transaction, changed)
        }
      })
    },
    async load() {
      const rows = await db.selectFrom('history_open_hours').selectAll().execute()
      return rows.flatMap(({ server_id, ts, state: text }) => {
        const state: unknown = JSON.parse(text)
        return isHourState(state) ? { server_id, ts, state } : []
      })
    },
    endedHour: (hour) => ({
      server_id: hour.server_id,
      ts: hour.ts,
      json: JSON.stringify(toRow(hour, columns)),
    }),
  }
}

interface OpenHours {
  server_id: number
  ts: number
  /** JSON of an HourState. */
  state: string
}

/** @returns what stores rows, given as JSON: an array of HourRow */
function upsertOf(columns: readonly string[]): (rows: string) => RawBuilder<unknown> {
  const names = ['samples', 'gpu_details', ...columns].map((name) => sql.ref(name))
  const values = ['server_id', 'ts', ...names].map((_, place) => sql`value ->> ${sql.lit(place)}`)
  const changes = names.map((name) => sql`${name} = excluded.${name}`)
  return (rows) => sql`
    INSERT INTO ${sql.table(TABLE)} (server_id, ts, ${sql.join(names)})
    SELECT ${sql.join(values)} FROM json_each(${rows})
    JOIN servers ON servers.id = value ->> 0
    WHERE true
    ON CONFLICT (server_id, ts) DO UPDATE SET ${sql.join(changes)}
    WHERE excluded.samples >= ${sql.table(TABLE)}.samples`
}

async function keepOpen(
  transaction: Kysely<{ history_open_hours: OpenHours }>,
  hours: readonly Hour[],
): Promise<void> {
  const rows = JSON.stringify(hours.map(({ server_id, ts, state }) => [server_id, ts, state]))
  await sql`
    INSERT INTO history_open_hours (server_id, ts, state)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${rows})
    JOIN servers ON servers.id = value ->> 0
    WHERE true
    ON CONFLICT (server_id, ts) DO UPDATE SET state = excluded.state`.execute(transaction)
}

async function forgetOpen(
  transaction: Kysely<{ history_open_hours: OpenHours }>,
  hours: readonly EndedHour[],
): Promise<void> {
  const keys = JSON.stringify(hours.map(({ server_id, ts }) => [server_id, ts]))
  await sql`
    DELETE FROM history_open_hours WHERE (server_id, ts) IN (
      SELECT value ->> 0, value ->> 1 FROM json_each(${keys}))`.execute(transaction)
}
