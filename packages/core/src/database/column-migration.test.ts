import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { LastingColumn } from './column-migration.js'
import { type MigrationResult, migrate } from './migrate.js'
import type { Migration } from './migration.js'
import { createMigrationRegistry } from './migration-registry.js'
import { rollback } from './rollback.js'
import { contentsOf, silent as log, openForTest, tempFile } from './testdata/files.js'

describe('a lasting column', () => {
  const fans = { table: 'fans', column: 'rpm_max', type: 'REAL', version: '1.1' } as const
  const addFans: Migration = {
    id: '001-fans',
    version: '1.1',
    up: ['CREATE TABLE fans (id INTEGER PRIMARY KEY)'],
    down: ['DROP TABLE fans'],
  }
  function withFans(...columns: LastingColumn[]) {
    const registry = createMigrationRegistry()
    registry.add('fans', addFans)
    for (const column of columns) registry.addColumn('fans', column)
    return registry.list()
  }
  const failures = (results: MigrationResult[]) => results.flatMap(({ error }) => error ?? [])

  test('is added when it is declared, and stays when nobody declares it any more', async () => {
    const database = await openForTest()
    expect(failures(await migrate(database, withFans(fans), { log }))).toEqual([])
    await sql`INSERT INTO fans (rpm_max) VALUES (900)`.execute(database.query())
    expect(failures(await migrate(database, withFans(), { log }))).toEqual([])
    const again = await migrate(database, withFans(fans, { ...fans, column: 'rpm' }), { log })
    expect(again.at(-1)).toEqual({ plugin: 'fans', applied: ['column fans.rpm'] })
    const { rows } = await sql`SELECT * FROM fans`.execute(database.query())
    expect(rows).toEqual([{ id: 1, rpm_max: 900, rpm: null }])
  })

  test('that the table has already is taken over, and no rollback drops it', async () => {
    const file = tempFile()
    const database = await openForTest(file)
    await migrate(database, withFans(), { log })
    await sql`ALTER TABLE fans ADD COLUMN RPM_max TEXT`.execute(database.query())
    expect(failures(await migrate(database, withFans(fans), { log }))).toEqual([])
    const ledger = contentsOf(file).rows.mon_migrations
    expect(ledger).toContainEqual(
      expect.objectContaining({ id: 'column fans.rpm_max', down: '[]' }),
    )
  })

  test('is dropped by a rollback where it was added', async () => {
    const file = tempFile()
    const database = await openForTest(file)
    await migrate(database, withFans(fans), { log })
    await rollback(database, { to: '1.0', log })
    expect(contentsOf(file).rows.fans).toBeUndefined()
  })

  test('has a name that needs no quotes', () => {
    expect(() => withFans({ ...fans, column: 'x" REAL; --' })).toThrow('is not a name')
    const registry = createMigrationRegistry()
    expect(() => registry.add('fans', { ...addFans, id: 'column fans.x' })).toThrow('addColumn')
  })
})
