import type { AggregatorContext } from '@mon/core'
import { sql } from 'kysely'
import type { HourlyColumn } from '../../columns.js'
import { TABLE } from '../../table.js'
import { openReaders } from '../reading/readers.js'
import type { Changes } from '../store/changes.js'
import { csvRoute } from './csv-route.js'
import { hourlyRoute } from './hourly-route.js'
import { pageRoute } from './page-route.js'
import { seriesRoute } from './series-route.js'

export interface ServeHistoryOptions {
  ctx: Pick<AggregatorContext, 'database' | 'routes' | 'servers'>
  declared: readonly HourlyColumn[]
  changes: Changes
}

/** What stands below `/api/history`, and the old address of the page. */
export async function serveHistory({ ctx, declared, changes }: ServeHistoryOptions): Promise<void> {
  const columns = await readColumns(ctx.database)
  const readers = openReaders(ctx.database, changes)
  const now = () => Math.floor(Date.now() / 1000)
  const servers = () => ctx.servers.list()
  const prefix = '/api/history'
  ctx.routes(hourlyRoute({ readers, changes, columns }), { prefix })
  ctx.routes(csvRoute({ readers, servers, columns }), { prefix })
  ctx.routes(seriesRoute({ readers, columns, declared, now }), { prefix })
  ctx.routes(pageRoute, { prefix: '' })
}

/** All that the table has: what a plugin left behind, and what others have added, is shown as well. */
async function readColumns(database: AggregatorContext['database']): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM pragma_table_info(${TABLE})`.execute(database.query<unknown>())
  return rows.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'gpu_details')
}
