import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { databaseStatus } from './database-status.js'
import { migrate } from './migrate.js'
import { createMigrationRegistry, type RegisteredMigration } from './migration-registry.js'
import { contentsOf, openForTest, silent, tempFile } from './testdata/files.js'

const core = createMigrationRegistry().list()
const options = { log: silent }

const peaks: RegisteredMigration = {
  plugin: 'peaks',
  id: '001-peaks',
  version: '1.1',
  up: ['CREATE TABLE peaks (peak INTEGER)', 'INSERT INTO peaks VALUES (7)'],
  down: ['DROP TABLE peaks'],
}
const broken: RegisteredMigration = {
  plugin: 'broken',
  id: '001-broken',
  version: '1.1',
  up: [
    'CREATE TABLE half (made INTEGER)',
    'ALTER TABLE servers ADD COLUMN half TEXT',
    'DELETE FROM servers',
    'CREATE TABLE peaks (again INTEGER)',
  ],
  down: [],
}

async function openWithServer(file = tempFile()) {
  const database = await openForTest(file)
  await migrate(database, [...core, peaks], options)
  await sql`INSERT INTO servers (name, base_url, created_at, updated_at)
    VALUES ('gpu-01', 'http://10.0.0.11:7881', 1, 1)`.execute(database.query())
  return { file, database }
}

test('migrations run once, in order, and the status tells when', async () => {
  const database = await openForTest()
  const before = await databaseStatus(database, [...core, peaks])
  const first = await migrate(database, [...core, peaks], options)
  const second = await migrate(database, [...core, peaks], options)

  expect(before.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending'])
  expect(first).toEqual([
    { plugin: 'core', applied: ['001-servers', '002-server-options'] },
    { plugin: 'peaks', applied: ['001-peaks'] },
  ])
  expect(second.flatMap(({ applied }) => applied)).toEqual([])
  expect(await databaseStatus(database, [...core, peaks])).toEqual(
    before.map((entry) => ({ ...entry, state: 'applied', applied_at: expect.any(Number) })),
  )
})

describe('a migration that fails', () => {
  test('leaves schema and data as they were, names the statement, and stops no other plugin', async () => {
    const { file, database } = await openWithServer()
    const before = contentsOf(file)
    const results = await migrate(database, [...core, broken, peaks], options)

    expect(results[1]).toMatchObject({
      plugin: 'broken',
      applied: [],
      error: {
        code: 'MIGRATION_FAILED',
        message: expect.stringMatching(
          /^Migration broken\/001-broken failed in statement 4 of 4: /,
        ),
      },
    })
    expect(results[2]).toEqual({ plugin: 'peaks', applied: [] })
    expect(contentsOf(file)).toEqual(before)
  })

  test('takes the earlier ones of its plugin back with it', async () => {
    const { file, database } = await openWithServer()
    const before = contentsOf(file)
    const good = { ...peaks, plugin: 'broken', id: '000', up: ['CREATE TABLE good (x)'] }
    await migrate(database, [...core, good, broken], options)
    expect(contentsOf(file)).toEqual(before)
  })

  test('leaves a new file empty where it is core that fails, and nothing else is tried', async () => {
    const file = tempFile()
    const database = await openForTest(file)
    const failing = { ...broken, plugin: 'core', up: [...broken.up, 'DROP TABLE missing'] }
    const results = await migrate(database, [...core, failing, peaks], options)

    expect(results).toMatchObject([{ plugin: 'core', error: { code: 'MIGRATION_FAILED' } }])
    expect(contentsOf(file).schema).toEqual([])
  })

  test('is one statement each: two in a string are refused', async () => {
    const database = await openForTest()
    const two = { ...peaks, up: ['CREATE TABLE a (x); CREATE TABLE b (x)'] }
    const results = await migrate(database, [...core, two], options)
    expect(results[1]?.error?.message).toContain('more than one statement')
  })
})

describe('what was applied is compared with what is declared', () => {
  test('a migration that has changed since is refused and stays', async () => {
    const { file, database } = await openWithServer()
    const before = contentsOf(file)
    const changed = { ...peaks, up: ['CREATE TABLE peaks (peak REAL)'] }
    const results = await migrate(database, [...core, changed], options)

    expect(results[1]).toMatchObject({ applied: [], error: { code: 'MIGRATION_CHANGED' } })
    expect(contentsOf(file)).toEqual(before)
    expect((await databaseStatus(database, [changed]))[0]?.state).toBe('changed')
  })

  test('other white space is no change', async () => {
    const { database } = await openWithServer()
    const reformatted = { ...peaks, up: peaks.up.map((up) => `\n  ${up.replaceAll(' ', '\n ')} `) }
    const results = await migrate(database, [...core, reformatted], options)
    expect(results[1]).toEqual({ plugin: 'peaks', applied: [] })
  })

  test('a database of a newer version is refused', async () => {
    const { database } = await openWithServer()
    const newer = { ...peaks, id: '002', version: '1.2', up: ['CREATE TABLE more (x)'] }
    await migrate(database, [...core, peaks, newer], options)
    const results = await migrate(database, [...core, peaks], options)

    expect(results[1]).toMatchObject({
      error: {
        code: 'DATABASE_NEWER',
        message: expect.stringContaining('peaks/002 of version 1.2'),
      },
    })
    expect(await databaseStatus(database, [...core, peaks])).toContainEqual(
      expect.objectContaining({ id: '002', state: 'unknown' }),
    )
  })

  test('the tables of a plugin that is not loaded are left alone', async () => {
    const { file, database } = await openWithServer()
    const before = contentsOf(file)
    expect(await migrate(database, core, options)).toEqual([{ plugin: 'core', applied: [] }])
    expect(contentsOf(file)).toEqual(before)
  })
})

test('where rows are to be kept, a migration that loses some is taken back', async () => {
  const { file, database } = await openWithServer()
  const before = contentsOf(file)
  const losing = { ...broken, up: ['DELETE FROM peaks'] }
  const results = await migrate(database, [...core, losing], { ...options, keepRows: true })

  expect(results[1]?.error?.message).toBe('Table peaks would go from 1 rows to 0.')
  expect(contentsOf(file)).toEqual(before)
})
