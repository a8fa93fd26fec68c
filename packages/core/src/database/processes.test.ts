import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqliteCodeOf } from './sqlite-errors.js'
import { answerOf, type BuiltChild, buildChild } from './testdata/build-child.js'
import { contentsOf, tempFile, version1File } from './testdata/files.js'

let built: BuiltChild
beforeAll(async () => {
  built = await buildChild()
})
afterAll(() => built.remove())

test('the built package finds its worker, and the main thread never loads SQLite', async () => {
  expect(await built.run('loaded', tempFile())).toEqual({ before: false, after: true })
})

test.each(['an empty folder', 'a 1.0 file'])(
  'two processes upgrade %s at once: both succeed, each migration runs once',
  async (from) => {
    const file = from === 'a 1.0 file' ? version1File() : tempFile()
    const children = await Promise.all([built.start('upgrade', file), built.start('upgrade', file)])
    const answers = await Promise.all(children.map(answerOf))

    expect(answers.flat()).not.toContainEqual(expect.objectContaining({ error: expect.anything() }))
    const { rows } = contentsOf(file)
    expect(rows.peaks).toHaveLength(1)
    expect(rows.mon_migrations).toHaveLength(3)
  },
)

test('a process killed in the middle of a migration leaves the file as it was before it', async () => {
  const file = version1File()
  await built.run('upgrade', file)
  const before = contentsOf(file)

  const child = await built.start('stall', file)
  child.send('go')
  await untilLocked(file)
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))

  expect(contentsOf(file)).toEqual(before)
  expect(await built.run('upgrade', file)).toMatchObject([{ applied: [] }, { applied: [] }])
})

/** Resolves once another process holds the write lock: its migration is under way. */
async function untilLocked(file: string): Promise<void> {
  const outside = new SQLite(file, { timeout: 0 })
  try {
    for (;;) {
      outside.exec('BEGIN IMMEDIATE; ROLLBACK')
      await new Promise((resolve) => setImmediate(resolve))
    }
  } catch (error) {
    if (sqliteCodeOf(error) !== 'SQLITE_BUSY') throw error
  } finally {
    outside.close()
  }
}
