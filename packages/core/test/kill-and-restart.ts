import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { expect } from 'vitest'
import { startBuiltAggregator, temporaryDirectory } from './built-aggregator.js'

/**
 * kill -9 in the midst of writes, and up again: the file is whole, and every acknowledged server
 * must be there.
 */
export async function killAndRestart(times: number): Promise<void> {
  const directory = await temporaryDirectory()
  const acknowledged: string[] = []
  for (let round = 0; round < times; round += 1) {
    const { child, serverNames, addServer } = await startBuiltAggregator(directory)
    expect(await serverNames()).toEqual(expect.arrayContaining(acknowledged))
    expectWhole(join(directory, 'monitor.db'))
    const writes = Array.from({ length: 20 }, async (_, index) => {
      const name = `gpu-${round}-${index}`
      const { status } = await addServer(name)
      if (status === 201) acknowledged.push(name)
    })
    await Promise.any(writes)
    child.kill('SIGKILL')
    await Promise.allSettled(writes)
    if (child.signalCode === null) await once(child, 'close')
  }
  const { serverNames } = await startBuiltAggregator(directory)
  expect(await serverNames()).toEqual(expect.arrayContaining(acknowledged))
  expectWhole(join(directory, 'monitor.db'))
  await rm(directory, { recursive: true })
}

/** Looked at from outside, once the aggregator has taken it up again. */
function expectWhole(file: string): void {
  const database = new SQLite(file, { readonly: true })
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  database.close()
}
