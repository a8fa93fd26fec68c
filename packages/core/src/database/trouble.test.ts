import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from './open-database.js'
import { contentsOf, tempFile, version1File } from './testdata/files.js'

interface Tables {
  notes: { title: string }
}

async function openWithNote() {
  const file = tempFile()
  const lines: string[] = []
  const log = pino({}, { write: (line) => lines.push(JSON.parse(line).msg) })
  const database = await openDatabase({ file, log })
  onTestFinished(() => database.close())
  const notes = database.query<Tables>()
  await sql`CREATE TABLE notes (title TEXT)`.execute(notes)
  const add = (title: string) => notes.insertInto('notes').values({ title }).execute()
  await add('kept')
  await database.check()
  expect(database.trouble()).toBeNull()
  return { file, database, add, lines }
}

describe('A file that is in use and', () => {
  test.each([
    ['deleted', (file: string) => rmSync(file)],
    ['replaced by another', (file: string) => renameSync(version1File(), file)],
    ['whose log is deleted', (file: string) => rmSync(`${file}-wal`)],
  ])(
    '%s is saved beside itself once, takes no more changes, and the log says so once',
    async (_, lose) => {
      const { file, database, add, lines } = await openWithNote()
      lose(file)
      await add('not noticed yet')
      for (const _ of ['once', 'again', 'and again']) await database.check()

      const [copy = '', ...others] = readdirSync(dirname(file)).filter((name) =>
        name.startsWith('monitor.db.backup-'),
      )
      expect(others).toEqual([])
      expect(contentsOf(join(dirname(file), copy)).rows.notes).toMatchObject([
        { title: 'kept' },
        { title: 'not noticed yet' },
      ])
      expect(database.trouble()).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        message: expect.stringMatching(
          /monitor\.db(-wal)? was deleted or replaced while it was in use/,
        ),
        hint: expect.stringContaining(copy),
      })
      await expect(add('refused')).rejects.toBe(database.trouble())
      expect(await database.query<Tables>().selectFrom('notes').selectAll().execute()).toHaveLength(
        2,
      )
      expect(lines).toEqual([database.trouble()?.message])
    },
  )

  test('moved away for a while is well again when it is back', async () => {
    const { file, database, add, lines } = await openWithNote()
    renameSync(file, `${file}.away`)
    await database.check()
    await expect(add('refused')).rejects.toThrow('was deleted or replaced')
    renameSync(`${file}.away`, file)
    await database.check()
    expect(database.trouble()).toBeNull()
    await add('taken again')
    expect(lines).toEqual([expect.stringContaining('deleted'), 'The database can be used again'])
  })

  test('deleted with its folder is saved as soon as there is a folder again', async () => {
    const { file, database } = await openWithNote()
    rmSync(dirname(file), { recursive: true })
    await database.check()
    expect(database.trouble()?.hint).toMatch(/not saved yet.*tried again/)
    mkdirSync(dirname(file))
    await database.check()
    expect(database.trouble()?.hint).toContain(`All it held is in ${file}.backup-`)
  })

  test.runIf(canBeMadeImmutable())(
    'made read-only is known without a write from outside, and so is its end',
    async () => {
      const { file, database, add, lines } = await openWithNote()
      const files = [file, `${file}-wal`]
      const change = (flag: string) => execFileSync('chattr', [flag, ...files])
      change('+i')
      onTestFinished(() => void change('-i'))
      for (const _ of ['once', 'again']) await database.check()
      expect(database.trouble()).toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
        hint: expect.stringContaining('became read-only'),
      })
      await expect(add('refused')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
      change('-i')
      await database.check()
      expect(database.trouble()).toBeNull()
      await add('taken again')
      expect(lines).toHaveLength(2)
    },
  )
})

test('A check leaves nothing behind but what SQLite itself has there', async () => {
  const { file, database } = await openWithNote()
  await database.check()
  expect(readdirSync(dirname(file)).sort()).toEqual([
    'monitor.db',
    'monitor.db-shm',
    'monitor.db-wal',
  ])
})

test('A file that is only looked at stays as it is, byte for byte, and alone in its folder', async () => {
  const file = version1File()
  const before = readFileSync(file)
  const database = await openDatabase({ file, log: pino({ level: 'silent' }) })
  expect((await sql`SELECT * FROM servers`.execute(database.query())).rows).toHaveLength(2)
  await database.close()
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(dirname(file))).toEqual(['monitor.db'])
})

/** Root on Linux, on a file system that heeds the flag: then not even root can write. */
function canBeMadeImmutable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mon-immutable-'))
  const file = join(folder, 'file')
  const opened = openSync(file, 'w')
  try {
    execFileSync('chattr', ['+i', file], { stdio: 'ignore' })
    writeSync(opened, 'it does not')
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  } finally {
    closeSync(opened)
    spawnSync('chattr', ['-i', file])
    rmSync(folder, { recursive: true })
  }
}
