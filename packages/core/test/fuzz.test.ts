import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestAgent, startTestAggregator } from '../src/testing/index.js'
import { type JsonSchema, nearly } from './arbitrary-from-schema.js'

interface Operation {
  method: string
  path: string
  parameters?: { name: string; in: string; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
  /** Of the whole document: what `$ref` refers to. */
  components: object
}

const ajv = addFormats.default(new Ajv2020({ strict: false, validateFormats: true }))
/** It never ends. */
const endless = new Set(['/api/stream'])
const RUNS = Number(process.env.MON_FUZZ_RUNS ?? 40)

async function operationsOf(url: string): Promise<Operation[]> {
  const document = JSON.parse(await (await fetch(`${url}/openapi.json`)).text())
  return Object.entries<Record<string, Operation>>(document.paths)
    .filter(([path]) => !endless.has(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        method,
        path,
        components: document.components,
      })),
    )
}

/** A request that is nearly what the operation asks for. */
function requestFor({ path, parameters = [], requestBody }: Operation) {
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, nearly(schema)])),
    { requiredKeys: parameters.filter((one) => one.in === 'path').map(({ name }) => name) },
  )
  const schema = requestBody?.content['application/json']?.schema
  const body = schema === undefined ? fc.constant(undefined) : nearly(schema)
  return fc.record({ values, body }).map(({ values, body }) => {
    const query = new URLSearchParams()
    let address = path
    for (const { name, in: place } of parameters) {
      if (!(name in values) || place === 'header') continue
      const texts = [values[name]].flat().map(textOf)
      if (place === 'query') for (const text of texts) query.append(name, text)
      else address = address.replace(`{${name}}`, encodeURIComponent(texts.join()) || '0')
    }
    return { address: `${address}?${query}`, body }
  })
}

/** An object may have a `toString` of its own, or none. */
function textOf(value: unknown): string {
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).toWellFormed()
}

async function expectAnswerByDocument(url: string, operation: Operation): Promise<void> {
  await fc.assert(
    fc.asyncProperty(requestFor(operation), async ({ address, body }) => {
      const response = await fetch(url + address, {
        method: operation.method.toUpperCase(),
        signal: AbortSignal.timeout(30_000),
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      const text = await response.text()
      expect([response.status, text]).toSatisfy(([status]) => status < 500)
      expect(response.headers.get('x-request-id')).toBeTruthy()
      const declared = operation.responses[response.status] ?? operation.responses.default
      const type = response.headers.get('content-type')?.split(';')[0] ?? ''
      const schema = declared?.content?.[type]?.schema
      if (!type.endsWith('json') || schema === undefined) return
      const { components } = operation
      const isValid = ajv.validate({ ...schema, components }, JSON.parse(text))
      expect(isValid, `${text}: ${ajv.errorsText()}`).toBe(true)
    }),
    { numRuns: RUNS },
  )
}

describe('every route, asked with all sorts of things', () => {
  let agent: Awaited<ReturnType<typeof startTestAgent>>
  let aggregator: Awaited<ReturnType<typeof startTestAggregator>>

  beforeAll(async () => {
    agent = await startTestAgent()
    aggregator = await startTestAggregator()
    await aggregator.request('POST', '/api/servers', { name: 'this', base_url: agent.url })
  })
  afterAll(async () => {
    await aggregator?.stop()
    await agent?.stop()
  })

  it('of the aggregator answers as its document says, and never with a 5xx', async () => {
    const operations = await operationsOf(aggregator.url)
    expect(operations.length).toBeGreaterThan(8)
    for (const operation of operations) await expectAnswerByDocument(aggregator.url, operation)
  }, 300_000)

  it('of the agent too', async () => {
    const operations = await operationsOf(agent.url)
    expect(operations.length).toBeGreaterThan(1)
    for (const operation of operations) await expectAnswerByDocument(agent.url, operation)
  }, 120_000)
})
