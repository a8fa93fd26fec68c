import type { Migration } from './migration.js'

/**
 * A column that follows from a declaration, and outlives it: it is added when it is declared first,
 * taken over as it is where the table has it already, and kept with its values when nobody declares
 * it any more.
 */
export interface LastingColumn {
  table: string
  column: string
  type: 'INTEGER' | 'REAL' | 'TEXT'
  /** The release of mon it was made for, as of a migration. */
  version: string
}

const PREFIX = 'column '
const namePattern = /^[a-z][a-z0-9_]*$/

export interface ColumnMigration extends Migration {
  column: LastingColumn
}

export function columnMigration(column: LastingColumn): ColumnMigration {
  const table = `ALTER TABLE "${column.table}"`
  return {
    id: `${PREFIX}${column.table}.${column.column}`,
    version: column.version,
    up: [`${table} ADD COLUMN "${column.column}" ${column.type}`],
    down: [`${table} DROP COLUMN "${column.column}"`],
    column,
  }
}

/** Whether a migration of this id made a lasting column. */
export function isColumnMigration(id: string): boolean {
  return id.startsWith(PREFIX)
}

/** What is wrong with the names of a column, if anything. */
export function columnFault({ table, column }: LastingColumn): string | undefined {
  const wrong = [table, column].find((name) => !namePattern.test(name))
  return wrong === undefined ? undefined : `"${wrong}" is not a name of a table or column`
}
