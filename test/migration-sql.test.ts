import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contentsOf, version1File } from '../packages/core/src/database/testdata/files.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const script = (name: string) => join(root, 'scripts', name)
const apply = (name: string, file: string) =>
  execFileSync('sqlite3', [file], { input: readFileSync(script(name)), stdio: 'pipe' })

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mon-sql-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const hasSqlite = process.platform !== 'win32' && canRun('sqlite3')

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('The SQL scripts for an upgrade by hand', () => {
  it('are those that the migrations of the example give', async () => {
    const folder = temporaryFolder()
    await run('node', [script('write-migration-sql.mjs'), folder], { cwd: root })
    for (const name of ['migration-v1.1.sql', 'rollback-v1.1.sql']) {
      expect(readFileSync(join(folder, name), 'utf8')).toBe(readFileSync(script(name), 'utf8'))
    }
  })

  it.skipIf(!hasSqlite)(
    'leave nothing for mon to do, and lead back to 1.0 row by row',
    async () => {
      const file = version1File()
      const before = contentsOf(file)
      apply('migration-v1.1.sql', file)
      expect(await statusOf(file)).not.toMatch(/pending|changed|unknown/)

      apply('rollback-v1.1.sql', file)
      expect(contentsOf(file)).toEqual(before)
    },
  )

  it.skipIf(!hasSqlite)('change nothing where they do not fit', () => {
    const file = version1File()
    const copy = join(temporaryFolder(), 'monitor.db')
    copyFileSync(file, copy)
    expect(() => apply('rollback-v1.1.sql', file)).toThrow(/no such (table|index|column)/)
    expect(contentsOf(file)).toEqual(contentsOf(copy))
  })
})

/** `mon db status` of a deployment with the plugins of the example. */
async function statusOf(database: string): Promise<string> {
  const config = join(temporaryFolder(), 'aggregator.yaml')
  const plugins = [
    '@mon/ui-kit/server',
    '@mon/plugin-gpu-nvidia',
    '@mon/plugin-ssh-proxy',
    '@mon/plugin-history',
    '@example/mon-plugin-open-files',
  ]
  const lines = plugins.map((name) => `  '${name}': {}`)
  writeFileSync(config, `database: ${database}\nplugins:\n${lines.join('\n')}\n`)
  chmodSync(config, 0o600)
  const mon = join(root, 'packages/core/bin/mon.mjs')
  const { stdout } = await run('node', [mon, 'db', 'status', '--config', config], { cwd: root })
  expect(stdout).toContain('history')
  return stdout
}
