import { readFileSync, statSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { contentsOf, openForTest, runOutside, tempFile, version1File } from './testdata/files.js'
import type { NotesMethods } from './testdata/notes-worker.js'

const notesWorker = new URL('./testdata/notes-worker.ts', import.meta.url)

async function openNotes() {
  const file = tempFile()
  runOutside(
    file,
    `CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT);
     INSERT INTO notes (title) VALUES ('a'), ('b'), ('三')`,
  )
  const database = await openForTest(file)
  return { file, database, notes: database.inWorker<NotesMethods>(notesWorker) }
}

test('a module of a plugin reads in a thread of its own, what was written just before too', async () => {
  const { database, notes } = await openNotes()
  expect(await notes.call('titles', { from: 2 })).toEqual(['B!', '三!'])
  await sql`INSERT INTO notes (title) VALUES ('new')`.execute(database.query())
  expect(await notes.call('titles', { from: 3 })).toEqual(['三!', 'NEW!'])
})

test('bytes come over whole, and calls are answered in their order', async () => {
  const { notes } = await openNotes()
  const sizes = [1_000_000, 3, 0]
  const answers = await Promise.all(sizes.map((size) => notes.call('bytes', { size })))
  expect(answers.map(({ body }) => body.length)).toEqual(sizes)
  expect(answers[0]?.body.every((byte) => byte === 7)).toBe(true)
})

test('it cannot write, and a statement that fails says why', async () => {
  const { file, notes } = await openNotes()
  await expect(notes.call('write', null)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await expect(notes.call('broken', null)).rejects.toMatchObject({
    code: 'DATABASE_FAILED',
    message: expect.stringContaining('no such column: colour'),
  })
  expect(contentsOf(file).rows.notes).toHaveLength(3)
})

test('a thread that ends fails its calls, and the next call has a new one', async () => {
  const { notes } = await openNotes()
  await expect(notes.call('end', null)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(await notes.call('titles', { from: 3 })).toEqual(['三!'])
})

test('a module that is not there is told to whoever calls it', async () => {
  const { database } = await openNotes()
  const missing = database.inWorker<NotesMethods>(new URL('./testdata/none.ts', import.meta.url))
  await expect(missing.call('titles', { from: 1 })).rejects.toThrow('none.ts')
})

test('it ends with the database, and refuses calls after that', async () => {
  const { database, notes } = await openNotes()
  await notes.call('titles', { from: 1 })
  await database.close()
  await expect(notes.call('titles', { from: 1 })).rejects.toThrow('it is closed')
})

test('a new file gives back what was deleted, step by step; one of version 1.0 stays as it is', async () => {
  for (const [file, shrinks] of [
    [tempFile(), true],
    [version1File(), false],
  ] as const) {
    const database = await openForTest(file)
    const queries = database.query()
    await sql`CREATE TABLE ballast (bytes BLOB)`.execute(queries)
    await sql`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 2000)
      INSERT INTO ballast SELECT zeroblob(4000) FROM c`.execute(queries)
    await sql`DELETE FROM ballast`.execute(queries)
    for (const _ of [1, 2, 3]) await database.shrink()
    await database.close()
    expect(statSync(file).size < 200_000).toBe(shrinks)
    expect(readFileSync(file).subarray(0, 6).toString()).toBe('SQLite')
  }
})
