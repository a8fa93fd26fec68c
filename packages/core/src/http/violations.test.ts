import { Ajv } from 'ajv'
import { type TSchema, Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { RequestInvalid, type RequestPart, violationsOf } from './violations.js'

function violations(part: RequestPart, schema: TSchema, value: unknown): string[] {
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema)
  expect(validate(value)).toBe(false)
  return violationsOf(part, validate.errors ?? []).map(({ path, message }) => `${path} ${message}`)
}

const Thing = Type.Object(
  {
    name: Type.String({ maxLength: 5 }),
    tags: Type.Optional(Type.Array(Type.String())),
    interval: Type.Optional(Type.Union([Type.Number({ maximum: 60 }), Type.Null()])),
    mode: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Null()])),
  },
  { additionalProperties: false },
)

describe('What is wrong with a request', () => {
  it('is told all at once, each with its place, what is allowed and what was got', () => {
    expect(
      violations('body', Thing, { tags: ['a', 7, {}], interval: 90, mode: 'up', x: 1 }),
    ).toEqual([
      'body.name is required',
      'body.x is not known (known: name, tags, interval, mode)',
      'body.tags[1] must be string (got 7)',
      'body.tags[2] must be string (got an object)',
      'body.interval must be <= 60 (got 90)',
      'body.mode must be "on" or "off" or null (got a text of 2 characters)',
    ])
  })

  it('names the types of a choice of which none fits', () => {
    expect(violations('body', Thing, { name: 'a', interval: 'x' })).toEqual([
      'body.interval must be number or null (got a text of 1 characters)',
    ])
  })

  it('is told for each element of a list of choices', () => {
    const List = Type.Array(Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('all')]))
    expect(violations('body', List, [-1, 'all', 'none'])).toEqual([
      'body[0] must be >= 0 (got -1)',
      'body[2] must be integer or "all" (got a text of 4 characters)',
    ])
  })

  it('says so when there is no body', () => {
    expect(violations('body', Thing, null)).toEqual(['body must be object (got none)'])
  })

  it('repeats what stands in the address, unless it is a secret', () => {
    const Query = Type.Object({ limit: Type.Integer(), token: Type.String({ maxLength: 1 }) })
    expect(violations('query', Query, { limit: 'x'.repeat(100), token: 'hunter2' })).toEqual([
      `query.limit must be integer (got "${'x'.repeat(60)}…")`,
      'query.token must NOT have more than 1 characters (got a text of 7 characters)',
    ])
  })

  it('never repeats text of a body', () => {
    const { message } = new RequestInvalid(
      violationsOf('body', [
        ...failuresOf(Thing, { name: 'hunter2', tags: 'hunter2', mode: 'hunter2' }),
      ]),
    )
    expect(message).not.toContain('hunter2')
  })

  it('stays short however much is wrong', () => {
    const many = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [`key${i}`.padEnd(999, '~'), 1]),
    )
    const { message, violations: told } = new RequestInvalid(
      violationsOf('body', failuresOf(Thing, many)),
    )
    expect(told).toHaveLength(20)
    expect(message.length).toBeLessThan(10_000)
  })

  it('writes keys with slashes and tildes as they are', () => {
    const Labels = Type.Record(Type.String(), Type.Number())
    expect(violations('body', Labels, { 'a/b~c': 'x' })).toEqual([
      'body.a/b~c must be number (got a text of 1 characters)',
    ])
  })
})

function failuresOf(schema: TSchema, value: unknown) {
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema)
  validate(value)
  return validate.errors ?? []
}
