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
  function* slowly() {
    for (let id = 1; id <= 3; id += 1) {
      const begun = performance.now()
      while (performance.now() - begun < 5);
      yield { id }
    }
  }
  const order: string[] = []
  setImmediate(() => order.push('other work'))
  await jsonItems(slowly()).then(() => order.push('encoded'))
  expect(order).toEqual(['other work', 'encoded'])
})
