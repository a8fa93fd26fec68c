import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { createGuard } from './guard.js'

it('a guard lets through what fits its schema, and nothing else', () => {
  const isReading = createGuard(
    Type.Object({
      watts: Type.Number(),
      fan: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
  )
  expect([{ watts: 1 }, { watts: 1, fan: null, more: true }].map(isReading)).toEqual([true, true])
  expect([{}, null, { watts: '1' }, { watts: Number.NaN }].map(isReading)).toEqual([
    false,
    false,
    false,
    false,
  ])
})
