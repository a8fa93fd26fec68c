// What a process of its own does in the tests: node child.js COMMAND FILE.
// It waits for a message before it begins, and answers with one.
import { createRequire } from 'node:module'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createMigrationRegistry } from '../migration-registry.js'
import { openDatabase } from '../open-database.js'
import { upgrade } from '../upgrade.js'

const [command, file = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })

const commands: Record<string, () => Promise<unknown>> = {
  /** Which threads load SQLite. The second answer shows that the first could have been yes. */
  async loaded() {
    const database = await openDatabase({ file, log })
    await sql`SELECT 1`.execute(database.query())
    const before = sqliteIsLoaded()
    await database.close()
    await import('better-sqlite3')
    return { before, after: sqliteIsLoaded() }
  },

  async upgrade() {
    const database = await openDatabase({ file, log })
    const registry = createMigrationRegistry()
    registry.add('peaks', {
      id: '001-peaks',
      version: '1.1',
      up: ['CREATE TABLE peaks (peak INTEGER NOT NULL)', 'INSERT INTO peaks VALUES (1)'],
      down: ['DROP TABLE peaks'],
    })
    const { results } = await upgrade(database, registry.list(), { log })
    await database.close()
    return results
  },

  /** Never ends: it is killed in the middle, with pages already written to the log. */
  async stall() {
    const database = await openDatabase({ file, log })
    const registry = createMigrationRegistry()
    const counting = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)'
    registry.add('stall', {
      id: '001-stall',
      version: '1.1',
      up: [
        'CREATE TABLE ballast (bytes BLOB)',
        `${counting} INSERT INTO ballast SELECT randomblob(1000000) FROM c LIMIT 80`,
        'DELETE FROM servers',
        `${counting} INSERT INTO ballast SELECT n FROM c WHERE n < 0`,
      ],
      down: ['DROP TABLE ballast'],
    })
    return upgrade(database, registry.list(), { log })
  },
}

function sqliteIsLoaded(): boolean {
  const { cache } = createRequire(import.meta.url)
  return Object.keys(cache).some((path) => path.includes('better-sqlite3'))
}

process.once('message', async () => {
  process.send?.(await commands[command ?? '']?.(), () => process.disconnect())
})
process.send?.('waiting')
