/**
 * Writes `migration-v1.1.sql` and `rollback-v1.1.sql` for those who upgrade a database of version
 * 1.0 by hand: the statements of all plugins of `examples/full-stack`, with their rows of the
 * ledger, so that `mon` takes the result for one that it has upgraded itself. Run after a build;
 * into this folder, or the one that is named.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openFiles from '@example/mon-plugin-open-files'
import gpuNvidia from '@mon/plugin-gpu-nvidia'
import history from '@mon/plugin-history'
import sshProxy from '@mon/plugin-ssh-proxy'
import ui from '@mon/ui-kit/server'
import './from-sources.mjs'

const core = new URL('../packages/core/src/', import.meta.url)
const { maintainDatabase } = await import(new URL('aggregator/maintain-database.ts', core).href)
const { createLedgerSql, toLedgerRow } = await import(new URL('database/ledger.ts', core).href)
const { FIRST_RELEASE, isNewer } = await import(new URL('database/migration-version.ts', core).href)

const plugins = [ui, gpuNvidia, sshProxy, history, openFiles]
const [folder = import.meta.dirname] = process.argv.slice(2)
const migrations = await readMigrations()
writeFileSync(join(folder, 'migration-v1.1.sql'), migration())
writeFileSync(join(folder, 'rollback-v1.1.sql'), rollback())

async function readMigrations() {
  const data = mkdtempSync(join(tmpdir(), 'mon-sql-'))
  try {
    const database = join(data, 'monitor.db')
    writeFileSync(database, '')
    const options = { config: { database }, plugins, env: {} }
    return await maintainDatabase(options, async ({ migrations }) => migrations)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

function migration() {
  const steps = migrations.map((step) => [
    `-- ${step.plugin}/${step.id}`,
    ...step.up.map((statement) => `${statement};`),
    insertOf(toLedgerRow(step, new Date(0))),
  ])
  return script('Upgrades a database of version 1.0 to 1.1.', [[`${createLedgerSql};`], ...steps])
}

/** `applied_at` is when the script is run. */
function insertOf({ plugin, id, version, checksum, down }) {
  const values = [plugin, id, version, checksum, down].map(
    (text) => `'${text.replaceAll("'", "''")}'`,
  )
  return `INSERT INTO mon_migrations VALUES (${values.join(', ')}, CAST(strftime('%s', 'now') AS INTEGER));`
}

function rollback() {
  const steps = migrations
    .filter(({ version }) => isNewer(version, FIRST_RELEASE))
    .toReversed()
    .map(({ plugin, id, down }) => [`-- ${plugin}/${id}`, ...down.map((sql) => `${sql};`)])
  return script('Makes a database of version 1.1 one of 1.0 again. What only 1.1 knows is lost.', [
    ...steps,
    ['DROP TABLE mon_migrations;'],
  ])
}

function script(what, steps) {
  const head = [
    `-- ${what} Written by scripts/write-migration-sql.mjs.`,
    '-- Stop the aggregator and copy the file first. Needs sqlite3 3.35 or newer:',
    '--   sqlite3 monitor.db < FILE',
    '.bail on',
    'PRAGMA foreign_keys = ON;',
    'BEGIN IMMEDIATE;',
  ]
  return `${[head, ...steps, ['COMMIT;']].map((lines) => lines.join('\n')).join('\n\n')}\n`
}
