import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { jsonBytes, jsonItems } from './json-bytes.js'

test('an object is encoded once', () => {
  const server = { id: 1, name: '训练-01' }
  expect(JSON.parse(String(jsonBytes(server)))).toEqual(server)
  expect(jsonBytes(server)).toBe(jsonBytes(server))
  expect(jsonBytes({ ...server })).not.toBe(jsonBytes(server))
})

test('the items between brackets are the array', async () => {
  for (const array of [[], [{ id: 1 }], [{ id: 1 }, { id: 2 }, { id: 3 }]]) {
    const items = await jsonItems(array)
    expect(`[${Buffer.concat(items)}]`).toBe(JSON.stringify(array))
  }
})

test('other work has its turn while a long array is encoded', async () => {
  const array = Array.from({ length: 3000 }, (_, id) => ({ id, text: 'x'.repeat(10_000) }))
  let turns = 0
  let done = false
  const items = jsonItems(array).finally(() => {
    done = true
  })
  while (!done) {
    await setImmediate()
    turns += 1
  }
  expect(await items).toHaveLength(5999)
  expect(turns).toBeGreaterThan(2)
})
