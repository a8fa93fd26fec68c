import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { systemFields } from '../snapshot/snapshot.js'
import { createPortableSystem } from './other-platforms.js'

test('a sample taken through systeminformation has the same fields', async () => {
  const system = createPortableSystem()
  await system.start()
  const sample = await system.sample()
  system.stop()
  expect([...Value.Errors(Type.Object(systemFields), sample)]).toEqual([])
  expect(Object.keys(sample).sort()).toEqual(Object.keys(systemFields).sort())
  expect(sample.cpu_count).toBeGreaterThan(0)
})
