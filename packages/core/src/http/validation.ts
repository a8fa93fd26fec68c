import { Ajv, type AnySchema, type Options } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import type { HttpServer } from './server.js'
import { RequestInvalid, type RequestPart, violationsOf } from './violations.js'

/**
 * Checks requests against the routes' schemas, and finds all faults at once. Query and path
 * values are text and are turned into the schema's types; a body is JSON, has types of its own
 * and is never changed but for defaults. Unknown keys stay, unless the schema refuses them.
 *
 * A schema that cannot be compiled fails where its route is added, in the plugin's own context;
 * Fastify alone would notice at the end and start nothing.
 */
export function useValidation(app: HttpServer): void {
  const compile = createValidatorCompiler()
  app.setValidatorCompiler(compile)
  app.addHook('onRoute', ({ schema = {}, method, url }) => {
    for (const httpPart of ['body', 'querystring', 'params', 'headers'] as const) {
      const part = schema[httpPart]
      if (isSchema(part)) compile({ schema: part, method: String(method), url, httpPart })
    }
  })
}

const options = {
  allErrors: true,
  allowUnionTypes: true,
  removeAdditional: false,
  strict: true,
  useDefaults: true,
  verbose: true,
} satisfies Options

const partNames: Record<string, RequestPart> = {
  body: 'body',
  querystring: 'query',
  params: 'params',
  headers: 'headers',
}

function createValidatorCompiler(): FastifySchemaCompiler<AnySchema> {
  const strict = addFormats.default(new Ajv(options))
  const coercing = addFormats.default(new Ajv({ ...options, coerceTypes: 'array' }))
  return ({ schema, httpPart = 'body' }) => {
    const part = partNames[httpPart] ?? 'body'
    const validate = (part === 'body' ? strict : coercing).compile(schema)
    return (value: unknown) => {
      if (validate(value)) return { value }
      return { error: new RequestInvalid(violationsOf(part, validate.errors ?? [])) }
    }
  }
}

/** A body may also be a map from content types to schemas. */
function isSchema(part: unknown): part is AnySchema {
  return typeof part === 'object' && part !== null && !Object.hasOwn(part, 'content')
}
