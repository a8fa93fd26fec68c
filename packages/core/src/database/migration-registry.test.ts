import { describe, expect, test } from 'vitest'
import type { Migration } from './migration.js'
import { createMigrationRegistry } from './migration-registry.js'

const valid: Migration = { id: '001', version: '1.1', up: ['SELECT 1'], down: ['SELECT 1'] }

test("core's migrations come first, then those of plugins in the order they are added", () => {
  const registry = createMigrationRegistry()
  registry.add('b', valid)
  registry.add('a', valid)
  expect(registry.list().map(({ plugin }) => plugin)).toEqual(['core', 'core', 'b', 'a'])
})

describe('a migration is refused, and the message says why', () => {
  test.each<[string, Partial<Migration>, string]>([
    ['it ends the transaction', { up: ['COMMIT'] }, 'COMMIT is not for it'],
    ['it ends it behind a comment', { down: ['-- now\n/* and */ Rollback;'] }, 'ROLLBACK is not'],
    ['its version is no release', { version: 'next' }, 'version "next" is not a release'],
    ['its version is older than 1.0', { version: '0.3.0' }, 'version "0.3.0" is not a release'],
  ])('%s', (_, change, message) => {
    const registry = createMigrationRegistry()
    expect(() => registry.add('a', { ...valid, ...change })).toThrow(message)
    expect(registry.list().map(({ plugin }) => plugin)).not.toContain('a')
  })

  test('it is declared twice', () => {
    const registry = createMigrationRegistry()
    registry.add('a', valid)
    registry.add('b', valid)
    expect(() => registry.add('a', valid)).toThrow('a/001 is not valid: it is declared twice')
  })
})

test('a trigger, which has BEGIN and END inside, is allowed', () => {
  const trigger = 'CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END'
  expect(() => createMigrationRegistry().add('a', { ...valid, up: [trigger] })).not.toThrow()
})
