import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundJson, MAX_DEPTH, MAX_TEXT } from './bound-json.js'

test('what is within bounds is returned as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: MAX_DEPTH - 1, noUnicodeString: false }), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      fc.pre(!JSON.stringify(value).includes('__proto__'))
      expect(boundJson(plain)).toBe(plain)
    }),
  )
})

test('long text is cut, an endless number is null, what lies too deep is null', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  const bounded = boundJson({
    text: 'x'.repeat(10_000),
    number: JSON.parse('1e999'),
    deep,
    kept: 1,
  })
  expect(bounded).toMatchObject({ text: 'x'.repeat(MAX_TEXT), number: null, kept: 1 })
  expect(JSON.stringify(bounded)).toContain(`${'['.repeat(MAX_DEPTH - 1)}null`)
})

test('a key __proto__ is dropped, and no prototype is changed', () => {
  const hostile: unknown = JSON.parse('{"a":[{"__proto__":{"polluted":true},"b":1}]}')
  const bounded = boundJson(hostile)
  expect(JSON.stringify(bounded)).toBe('{"a":[{"b":1}]}')
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})
