import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coreMigrations } from './core-migrations.js'
import type { Migration } from './migration.js'
import { createMigrationRegistry } from './migration-registry.js'
import { rollback } from './rollback.js'
import {
  contentsOf,
  openForTest,
  runOutside,
  silent,
  tempFile,
  version1File,
} from './testdata/files.js'
import { upgrade } from './upgrade.js'

const log = silent

const addCards: Migration = {
  id: '001-cards',
  version: '1.1',
  up: [
    'CREATE TABLE cards (server_id INTEGER NOT NULL REFERENCES servers(id), uuid TEXT NOT NULL)',
    'CREATE INDEX samples_by_time ON samples_hourly (ts, server_id)',
    'ALTER TABLE samples_hourly ADD COLUMN gpu_details TEXT',
    "INSERT INTO cards SELECT id, 'GPU-' || name FROM servers",
  ],
  down: [
    'ALTER TABLE samples_hourly DROP COLUMN gpu_details',
    'DROP INDEX samples_by_time',
    'DROP TABLE cards',
  ],
}

function migrationsWith(...plugins: [string, Migration][]) {
  const registry = createMigrationRegistry()
  for (const [plugin, migration] of plugins) registry.add(plugin, migration)
  return registry.list()
}

const migrations = migrationsWith(['cards', addCards])
const backupsOf = (file: string) =>
  readdirSync(dirname(file)).filter((name) => name.includes('.backup-'))

describe('a file of version 1.0', () => {
  test('is backed up as it was, then upgraded with every row in place', async () => {
    const file = version1File()
    const before = contentsOf(file)
    const database = await openForTest(file)
    const { backup, results } = await upgrade(database, migrations, { log })

    expect(results.map(({ plugin, error }) => [plugin, error])).toEqual([
      ['core', undefined],
      ['cards', undefined],
    ])
    expect(backup).toMatch(/\.backup-\d{8}T\d{6}Z$/)
    expect(contentsOf(backup ?? '')).toEqual(before)
    expect(statSync(backup ?? '').mode & 0o077).toBe(process.platform === 'win32' ? 0o066 : 0)

    const { rows } = contentsOf(file)
    expect(rows.servers).toMatchObject(before.rows.servers ?? [])
    expect(rows.servers?.[0]).toMatchObject({ tags: '[]', token: null, poll_interval_s: null })
    expect(rows.samples_hourly).toMatchObject(before.rows.samples_hourly ?? [])
    expect(rows.cards).toHaveLength(2)
    expect(await upgrade(database, migrations, { log })).toMatchObject({ backup: null })
  })

  test('comes back row for row, with the identical schema, and can be upgraded again', async () => {
    const file = version1File()
    const before = contentsOf(file)
    const database = await openForTest(file)
    for (const round of [1, 2]) {
      await upgrade(database, migrations, { log })
      expect(contentsOf(file).schema, `round ${round}`).not.toEqual(before.schema)
      const undone = await rollback(database, { to: '1.0', log })
      expect(undone.map(({ id }) => id)).toEqual(['001-cards', '002-server-options'])
      expect(contentsOf(file), `round ${round}`).toEqual(before)
    }
    expect(backupsOf(file)).toHaveLength(2)
  })

  test.each([
    ['written in one line', (ddl: string) => ddl.replaceAll(/--.*\n/g, '').replaceAll(/\s+/g, ' ')],
    [
      'with comments',
      (ddl: string) => ddl.replaceAll(/,\n/g, ', -- so\n').replace('\n)', ' -- last\n)'),
    ],
  ])('%s comes back with its own text', async (_, rewrite) => {
    const ddl = readFileSync(new URL('./testdata/schema-1.0.sql', import.meta.url), 'utf8')
    const file = tempFile()
    runOutside(file, rewrite(ddl))
    const before = contentsOf(file)
    const database = await openForTest(file)
    await upgrade(database, migrations, { log })
    await rollback(database, { to: '1.0', log })
    expect(contentsOf(file)).toEqual(before)
  })

  test('keeps columns, tables and rows that we do not know, there and back', async () => {
    const file = version1File()
    runOutside(
      file,
      `ALTER TABLE servers ADD COLUMN rack TEXT;
       UPDATE servers SET rack = 'A' || id;
       CREATE TABLE "my notes" (text TEXT) STRICT;
       INSERT INTO "my notes" VALUES ('keep me');
       PRAGMA foreign_keys = OFF;
       INSERT INTO samples_hourly (server_id, ts, samples) VALUES (99, 1, 1);`,
    )
    const before = contentsOf(file)
    const database = await openForTest(file)
    const { results } = await upgrade(database, migrations, { log })
    expect(results.flatMap(({ error }) => error ?? [])).toEqual([])
    const { rows } = contentsOf(file)
    expect(rows.servers).toMatchObject([{ rack: 'A1' }, { rack: 'A3' }])
    expect(rows['my notes']).toMatchObject([{ text: 'keep me' }])
    expect(rows.samples_hourly).toHaveLength(101)

    await rollback(database, { to: '1.0', log })
    expect(contentsOf(file)).toEqual(before)
  })

  test('is not touched where a column of 1.0 is missing, and the message names it', async () => {
    const file = tempFile()
    runOutside(file, 'CREATE TABLE servers (id INTEGER PRIMARY KEY, name TEXT, enabled INTEGER)')
    const before = contentsOf(file)
    const database = await openForTest(file)
    await expect(upgrade(database, migrations, { log })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('no column base_url, created_at, updated_at'),
    })
    expect(contentsOf(file)).toEqual(before)
    expect(backupsOf(file)).toEqual([])
  })

  test('is not touched where it is damaged', async () => {
    const file = version1File()
    const bytes = readFileSync(file)
    bytes.fill(0xee, 4096, 8192)
    writeFileSync(file, bytes)
    const database = await openForTest(file)
    await expect(upgrade(database, migrations, { log })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringMatching(/is damaged: |malformed/),
    })
    expect(backupsOf(file)).toEqual([])
  })

  test('stays one where core fails, and a service that restarts piles up no backups', async () => {
    const file = version1File()
    runOutside(file, 'ALTER TABLE servers ADD COLUMN token BLOB')
    const before = contentsOf(file)
    const database = await openForTest(file)
    const { backup, results } = await upgrade(database, migrations, { log })
    expect(results).toMatchObject([{ plugin: 'core', error: { code: 'MIGRATION_FAILED' } }])
    expect(backup).toBeNull()
    expect(contentsOf(file)).toEqual(before)
    expect(backupsOf(file)).toEqual([])
  })
})

test('a new file is made with no backup, and rolled back it is a 1.0 file', async () => {
  const file = tempFile()
  const database = await openForTest(file)
  expect(await upgrade(database, createMigrationRegistry().list(), { log })).toMatchObject({
    backup: null,
  })
  await rollback(database, { to: '1.0', log })
  const inVersion1 = contentsOf(version1File()).schema.filter((text) => !text.includes('samples'))
  expect(contentsOf(file).schema).toEqual(inVersion1)
})

describe('a rollback', () => {
  const later: Migration = { ...addCards, id: '002', version: '1.2.0', up: [], down: [] }
  const second: Migration = {
    ...later,
    up: ['CREATE TABLE later (x)'],
    down: ['DROP TABLE later'],
  }

  async function upgraded(...plugins: [string, Migration][]) {
    const file = version1File()
    const database = await openForTest(file)
    const { results } = await upgrade(database, migrationsWith(...plugins), { log })
    expect(results.flatMap(({ error }) => error ?? [])).toEqual([])
    return { file, database }
  }

  test('undoes only what came after the release it is given', async () => {
    const { file, database } = await upgraded(['cards', addCards], ['cards', second])
    const undone = await rollback(database, { to: '1.1', log })
    expect(undone.map(({ plugin, id }) => `${plugin}/${id}`)).toEqual(['cards/002'])
    expect(contentsOf(file).rows.mon_migrations).toHaveLength(3)
    expect(await upgrade(database, migrations, { log })).toMatchObject({
      results: [{ applied: [] }, { applied: [] }],
    })
  })

  test('that fails in one step takes all steps back', async () => {
    const { file, database } = await upgraded(
      ['cards', { ...addCards, down: ['DROP TABLE missing'] }],
      ['cards', second],
    )
    const before = contentsOf(file)
    await expect(rollback(database, { to: '1.0', log })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining(
        'The rollback of cards/001-cards failed in statement 1 of 1',
      ),
    })
    expect(contentsOf(file)).toEqual(before)
  })

  test.each([
    [
      'lose rows',
      'DELETE FROM samples_hourly WHERE ts = 1700000000',
      'samples_hourly would go from 100',
    ],
    ['orphan rows', 'UPDATE samples_hourly SET server_id = 5 WHERE id = 60', 'FOREIGN KEY'],
  ])('that would %s is taken back', async (_, statement, message) => {
    const { file, database } = await upgraded(['cards', { ...second, down: [statement] }])
    const before = contentsOf(file)
    await expect(rollback(database, { to: '1.0', log })).rejects.toThrow(message)
    expect(contentsOf(file)).toEqual(before)
  })

  test('is refused to what is not a release from 1.0 on', async () => {
    const { file, database } = await upgraded()
    const before = contentsOf(file)
    for (const to of ['0.9', 'yesterday', '']) {
      await expect(rollback(database, { to, log })).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      })
    }
    expect(contentsOf(file)).toEqual(before)
  })

  test('of a file that is at 1.0 does nothing', async () => {
    const file = version1File()
    const before = contentsOf(file)
    expect(await rollback(await openForTest(file), { to: '1.0', log })).toEqual([])
    expect(contentsOf(file)).toEqual(before)
    expect(existsSync(file)).toBe(true)
  })
})

test('the first migration of core is the table of version 1.0', () => {
  const ddl = readFileSync(new URL('./testdata/schema-1.0.sql', import.meta.url), 'utf8')
  expect(ddl).toContain(coreMigrations[0]?.up[0]?.replace('IF NOT EXISTS ', ''))
})
