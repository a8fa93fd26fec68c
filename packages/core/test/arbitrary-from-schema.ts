import fc, { type Arbitrary } from 'fast-check'

/** The part of JSON Schema that the routes use. */
export interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  maxItems?: number
  uniqueItems?: boolean
}

/** Values that mostly fit the schema, and now and then are something else altogether. */
export function nearly(schema: JsonSchema): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: fitting(schema) },
    { weight: 1, arbitrary: fc.jsonValue() },
  )
}

function fitting(schema: JsonSchema): Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(nearly))
  switch (schema.type) {
    case 'object':
      return objects(schema)
    case 'array':
      return fc.array(nearly(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 5, 5) })
    case 'string':
      return strings(schema)
    case 'integer':
      return fc.oneof(fc.integer(range(schema)), fc.maxSafeInteger())
    case 'number':
      return fc.oneof(fc.double({ ...range(schema), noNaN: true }), fc.double({ noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue()
  }
}

function objects({ properties = {}, required = [] }: JsonSchema): Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, nearly(schema)]),
  )
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
}

function strings({ pattern, minLength = 0, maxLength = 60 }: JsonSchema): Arbitrary<string> {
  const lengths = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) }
  const any = fc.string({ ...lengths, unit: 'grapheme' })
  return pattern === undefined ? any : fc.oneof(fc.stringMatching(new RegExp(pattern)), any)
}

function range({ minimum = -1000, maximum = 10_000 }: JsonSchema) {
  return { min: minimum, max: maximum }
}
