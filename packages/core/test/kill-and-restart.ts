import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { expect } from 'vitest'
import { startBuiltAggregator, temporaryDirectory } from './built-aggregator.js'

/** kill -9 in the midst of writes, and up again: every acknowledged server must be there. */
export async function killAndRestart(times: number): Promise<void> {
  const directory = await temporaryDirectory()
  const acknowledged: string[] = []
  for (let round = 0; round < times; round += 1) {
    const { child, serverNames, addServer } = await startBuiltAggregator(directory)
    expect(await serverNames()).toEqual(expect.arrayContaining(acknowledged))
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
  await rm(directory, { recursive: true })
}
