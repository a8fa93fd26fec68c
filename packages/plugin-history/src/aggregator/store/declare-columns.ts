import type { AggregatorHooks, Metric } from '@mon/core'
import { addedColumns } from '../../columns.js'
import { TABLE } from '../../table.js'

/**
 * Sees to it that every metric has its columns, whoever declares it.
 * @returns the declared metrics, once all plugins have declared theirs
 */
export function declareColumns(
  hooks: Pick<AggregatorHooks, 'metrics' | 'migrations'>,
): () => readonly Metric[] {
  let list = (): readonly Metric[] => []
  hooks.metrics.tap('history', (registry) => {
    list = registry.list
  })
  hooks.migrations.tap('history', (registry) => {
    for (const column of addedColumns(list())) {
      registry.addColumn('history', { table: TABLE, column, type: 'REAL', version: '1.1' })
    }
  })
  return () => list()
}
