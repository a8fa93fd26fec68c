import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Generated, sql } from 'kysely'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { openDatabase } from './open-database.js'
import { sqliteCodeOf } from './sqlite-errors.js'
import { openForTest, runOutside, silent, tempFile } from './testdata/files.js'

interface Tables {
  notes: { id: Generated<number>; title: string; bytes: Uint8Array | null }
}

const createNotes = sql`
  CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, bytes BLOB)`

async function openWithNotes(file = tempFile()) {
  const database = await openForTest(file)
  const notes = database.query<Tables>()
  await createNotes.execute(notes)
  return { database, notes }
}

describe('queries', () => {
  test('rows can be added, read, changed and deleted, and are there after a restart', async () => {
    const file = tempFile()
    const { database, notes } = await openWithNotes(file)
    const bytes = new Uint8Array([0, 255, 7])
    const added = await notes.insertInto('notes').values({ title: 'a', bytes }).executeTakeFirst()
    await notes.insertInto('notes').values({ title: 'b', bytes: null }).execute()
    const changed = await notes
      .updateTable('notes')
      .set({ title: '三' })
      .where('title', '=', 'b')
      .executeTakeFirst()
    expect(added.insertId).toBe(1n)
    expect(changed.numUpdatedRows).toBe(1n)
    await database.close()

    const again = (await openForTest(file)).query<Tables>()
    expect(await again.selectFrom('notes').selectAll().execute()).toEqual([
      { id: 1, title: 'a', bytes },
      { id: 2, title: '三', bytes: null },
    ])
    const deleted = await again.deleteFrom('notes').returning('title').execute()
    expect(deleted).toEqual([{ title: 'a' }, { title: '三' }])
  })

  test('a statement that breaks a rule fails with the code of SQLite', async () => {
    const { notes } = await openWithNotes()
    const add = () => notes.insertInto('notes').values({ title: 'a', bytes: null }).execute()
    await add()
    const error = await add().catch((error) => error)
    expect(error).toMatchObject({
      code: 'DATABASE_FAILED',
      message: 'A database call failed: UNIQUE constraint failed: notes.title',
    })
    expect(sqliteCodeOf(error)).toBe('SQLITE_CONSTRAINT_UNIQUE')
  })

  test('a value that SQLite cannot hold fails its own statement only', async () => {
    const { notes } = await openWithNotes()
    for (const value of [true, { a: 1 }, { a: () => 1 }]) {
      await expect(sql`SELECT ${value}`.execute(notes)).rejects.toThrow('A database call failed')
    }
    expect((await sql`SELECT 1 AS one`.execute(notes)).rows).toEqual([{ one: 1 }])
  })

  test('a stream is refused', async () => {
    const { notes } = await openWithNotes()
    const read = async () => {
      for await (const _ of notes.selectFrom('notes').selectAll().stream());
    }
    await expect(read()).rejects.toThrow('SQLite queries do not stream')
    expect(await notes.selectFrom('notes').selectAll().execute()).toEqual([])
  })

  test('the event loop turns while a statement runs', async () => {
    const { notes } = await openWithNotes()
    let turns = 0
    let running = true
    const counting =
      sql`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 300000)
      SELECT count(*) AS n FROM c`.execute(notes)
    counting.finally(() => {
      running = false
    })
    while (running) {
      await new Promise((resolve) => setImmediate(resolve))
      turns++
    }
    expect((await counting).rows).toEqual([{ n: 300_000 }])
    expect(turns).toBeGreaterThan(10)
  })
})

describe('transactions', () => {
  test('those that start together run one after the other', async () => {
    const { database, notes } = await openWithNotes()
    await notes.insertInto('notes').values({ id: 1, title: '0', bytes: null }).execute()
    const increment = () =>
      database
        .query<Tables>()
        .transaction()
        .execute(async (transaction) => {
          const { title } = await transaction
            .selectFrom('notes')
            .select('title')
            .executeTakeFirstOrThrow()
          await transaction
            .updateTable('notes')
            .set({ title: String(Number(title) + 1) })
            .execute()
        })
    await Promise.all(Array.from({ length: 20 }, increment))
    expect(await notes.selectFrom('notes').select('title').execute()).toEqual([{ title: '20' }])
  })

  test('one that fails leaves nothing, and the next one works', async () => {
    const { notes } = await openWithNotes()
    const failing = notes.transaction().execute(async (transaction) => {
      await sql`CREATE TABLE other (x)`.execute(transaction)
      await transaction.insertInto('notes').values({ title: 'a', bytes: null }).execute()
      await sql`SELECT missing`.execute(transaction)
    })
    await expect(failing).rejects.toThrow('no such column: missing')
    await notes.transaction().execute(async (transaction) => {
      expect(await transaction.selectFrom('notes').selectAll().execute()).toEqual([])
      await expect(sql`SELECT * FROM other`.execute(transaction)).rejects.toThrow('no such table')
    })
  })

  test('an error of SQLite that ends the transaction by itself is the one reported', async () => {
    const { notes } = await openWithNotes()
    const insert = sql`INSERT OR ROLLBACK INTO notes (id, title) VALUES (1, 'a')`
    await insert.execute(notes)
    const failing = notes.transaction().execute((transaction) => insert.execute(transaction))
    await expect(failing).rejects.toThrow('UNIQUE constraint failed')
  })
})

describe.skipIf(process.platform === 'win32')('the file is private', () => {
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

  test('from the start, with its log and shared memory', async () => {
    const file = join(dirname(tempFile()), 'new', 'folder', 'monitor.db')
    await openWithNotes(file)
    expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual(['600', '600', '600'])
    expect(modeOf(dirname(file))).toBe('700')
  })

  test('one that was open to others is tightened, and the log says so', async () => {
    const file = tempFile()
    runOutside(file, 'CREATE TABLE notes (id)')
    chmodSync(file, 0o644)
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) })
    const database = await openDatabase({ file, log })
    await database.close()

    expect(modeOf(file)).toBe('600')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ file, from: '0644' }])
  })
})

describe('a file that cannot be used', () => {
  test('is refused with what to do: it is not a database', async () => {
    const file = tempFile()
    writeFileSync(file, 'not a database, and long enough to be looked at'.repeat(100))
    await expect(openDatabase({ file, log: silent })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: `The database ${file} cannot be used: file is not a database`,
      hint: expect.stringContaining('check the path'),
    })
  })

  test('is refused: its folder is a file', async () => {
    const folder = tempFile('plain')
    writeFileSync(folder, '')
    await expect(
      openDatabase({ file: join(folder, 'monitor.db'), log: silent }),
    ).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  })
})

describe('the end', () => {
  test('close waits for what has begun, may be called twice, and refuses what comes later', async () => {
    const file = tempFile()
    const { database, notes } = await openWithNotes(file)
    const begun = notes.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ title: 'a', bytes: null }).execute()
      await transaction.insertInto('notes').values({ title: 'b', bytes: null }).execute()
    })
    await database.close()
    await begun
    await database.close()

    const later = notes.selectFrom('notes').selectAll().execute()
    await expect(later).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
    expect(existsSync(`${file}-wal`)).toBe(false)
    expect(readFileSync(file).includes('notes')).toBe(true)
    const again = (await openForTest(file)).query<Tables>()
    expect(await again.selectFrom('notes').select('title').execute()).toHaveLength(2)
  })

  test('when the worker dies, calls under way and later ones are told', async () => {
    const appeared = once(process, 'worker')
    const { database, notes } = await openWithNotes()
    const [worker] = await appeared
    const slow = sql`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 100000)
      SELECT count(*) FROM c`
    const transaction = notes.transaction().execute(async (transaction) => {
      await slow.execute(transaction)
      await slow.execute(transaction)
    })
    const queued = notes.selectFrom('notes').selectAll().execute()
    worker.terminate()

    const unavailable = { code: 'DATABASE_UNAVAILABLE' }
    await expect(transaction).rejects.toMatchObject(unavailable)
    await expect(queued).rejects.toMatchObject(unavailable)
    await expect(notes.selectFrom('notes').execute()).rejects.toMatchObject(unavailable)
    await expect(database.backup()).rejects.toThrow('worker thread ended')
    await database.close()
  })
})
