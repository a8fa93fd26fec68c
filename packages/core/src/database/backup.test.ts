import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { contentsOf, openForTest, runOutside, tempFile, version1File } from './testdata/files.js'

test('a backup lies beside the database, whole and in one private file', async () => {
  const file = version1File()
  const before = contentsOf(file)
  const database = await openForTest(file)
  const copy = await database.backup()

  expect(copy).toMatch(/monitor\.db\.backup-\d{8}T\d{6}Z$/)
  if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect(contentsOf(copy)).toEqual(before)
  const beside = readdirSync(dirname(file)).filter((name) => name.includes('backup'))
  expect(beside).toHaveLength(1)
})

test('a backup taken while rows are written holds a state between two transactions', async () => {
  const file = tempFile()
  runOutside(file, 'CREATE TABLE pairs (a, b); CREATE TABLE ballast (bytes BLOB)')
  const database = await openForTest(file)
  const queries = database.query()
  await sql`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 2000)
    INSERT INTO ballast SELECT zeroblob(4000) FROM c`.execute(queries)

  let copying = true
  const copied = database.backup().finally(() => {
    copying = false
  })
  for (let n = 0; copying; n++) {
    await queries.transaction().execute(async (transaction) => {
      await sql`INSERT INTO pairs (a) VALUES (${n})`.execute(transaction)
      await sql`UPDATE pairs SET b = ${n} WHERE a = ${n}`.execute(transaction)
    })
  }
  const { rows } = contentsOf(await copied)
  expect(rows.ballast).toHaveLength(2000)
  expect(rows.pairs).not.toContainEqual(expect.objectContaining({ b: null }))
})

test('two backups within a second are both kept', async () => {
  const database = await openForTest(version1File())
  const first = await database.backup()
  const second = await database.backup()
  expect(second).not.toBe(first)
  expect([first, second].map((path) => existsSync(path))).toEqual([true, true])
})

test('a file that is there is never overwritten', async () => {
  const to = tempFile('kept')
  writeFileSync(to, 'mine')
  const database = await openForTest()
  await expect(database.backup(to)).rejects.toMatchObject({
    code: 'DATABASE_FAILED',
    message: expect.stringContaining('file already exists'),
  })
})

test('a backup that cannot be written says why and leaves nothing', async () => {
  const to = join(dirname(tempFile()), 'missing', 'copy.db')
  const database = await openForTest()
  await expect(database.backup(to)).rejects.toThrow(/was not made: .*ENOENT/)
  expect(existsSync(dirname(to))).toBe(false)
})
