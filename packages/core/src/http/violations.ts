import type { ErrorObject } from 'ajv'
import { type Static, Type } from 'typebox'
import { MonError } from '../errors.js'
import { isSecretName } from '../secret-text.js'

export const Violation = Type.Object({
  path: Type.String({ description: 'Where, for example `query.limit` or `body.tags[3]`' }),
  message: Type.String({ description: 'What is allowed and what was got' }),
})
export type Violation = Static<typeof Violation>

/** The part of a request that a schema is for, as messages call it. */
export type RequestPart = 'body' | 'query' | 'params' | 'headers'

export class RequestInvalid extends MonError {
  readonly violations: readonly Violation[]

  constructor(violations: readonly Violation[]) {
    const lines = violations.map(({ path, message }) => `${path} ${message}`)
    super('REQUEST_INVALID', `${lines.join('; ')}.`)
    this.violations = violations
  }
}

/**
 * What ajv found, in words. Text of a body is not repeated, for it may be a secret.
 *
 * @param errors of an ajv with `verbose`
 */
export function violationsOf(part: RequestPart, errors: readonly ErrorObject[]): Violation[] {
  // A hostile body can break a rule a hundred thousand times.
  return summariseUnions(errors.slice(0, 200))
    .slice(0, 20)
    .map((error) => describe(part, error))
}

function describe(part: RequestPart, error: ErrorObject): Violation {
  const { params, parentSchema } = error
  const at = (pointer: string) => shorten(pathOf(part, pointer), 200)
  switch (error.keyword) {
    case 'required':
      return { path: at(`${error.instancePath}/${params.missingProperty}`), message: 'is required' }
    case 'additionalProperties':
      return {
        path: at(`${error.instancePath}/${params.additionalProperty}`),
        message: `is not known (known: ${Object.keys(parentSchema?.properties ?? {}).join(', ')})`,
      }
    case 'enum':
    case 'const':
    case 'anyOf':
    case 'oneOf':
      return {
        path: at(error.instancePath),
        message: `must be ${alternatives(parentSchema)} (got ${got(part, error)})`,
      }
    default:
      return {
        path: at(error.instancePath),
        message: `${error.message ?? 'is not valid'} (got ${got(part, error)})`,
      }
  }
}

/**
 * Of a union ajv reports every branch. If the value has the type of just one, what is wrong
 * there is the answer (a number or null: the number is too large); otherwise the choice is.
 */
function summariseUnions(errors: readonly ErrorObject[]): ErrorObject[] {
  const dropped = new Set<ErrorObject>()
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')) {
    const branches = Map.groupBy(
      errors.filter((error) => isWithin(error, union)),
      (error) => error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0],
    )
    const fitting = [...branches.values()].filter((branch) =>
      branch.every((error) => error.instancePath !== union.instancePath || !isOfType(error)),
    )
    const [kept, ...others] = fitting
    const told = kept !== undefined && others.length === 0 ? kept : [union]
    for (const error of [union, ...[...branches.values()].flat()]) {
      if (!told.includes(error)) dropped.add(error)
    }
  }
  return errors.filter((error) => !dropped.has(error))
}

function isWithin(error: ErrorObject, union: ErrorObject): boolean {
  return (
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    `${error.instancePath}/`.startsWith(`${union.instancePath}/`)
  )
}

function isOfType({ keyword }: ErrorObject): boolean {
  return keyword === 'type' || keyword === 'const' || keyword === 'enum'
}

function alternatives(schema: unknown): string {
  return [...new Set(choices(schema))].join(' or ')
}

function choices(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return ['another value']
  const branches = 'anyOf' in schema ? schema.anyOf : 'oneOf' in schema ? schema.oneOf : undefined
  if (Array.isArray(branches)) return branches.flatMap(choices)
  if ('const' in schema) return [JSON.stringify(schema.const)]
  if ('enum' in schema && Array.isArray(schema.enum)) {
    return schema.enum.map((value) => JSON.stringify(value))
  }
  return 'type' in schema ? [String(schema.type)] : ['another value']
}

function got(part: RequestPart, { data, instancePath }: ErrorObject): string {
  if (data === undefined || data === null)
    return part === 'body' && instancePath === '' ? 'none' : 'null'
  if (Array.isArray(data)) return `a list of ${data.length}`
  if (typeof data === 'object') return 'an object'
  if (typeof data !== 'string') return String(data)
  const key = instancePath.split('/').at(-1) ?? ''
  if (part === 'body' || part === 'headers' || isSecretName(key)) {
    return `a text of ${data.length} characters`
  }
  return JSON.stringify(shorten(data, 60))
}

/** `/tags/3` of the body is `body.tags[3]`. */
function pathOf(part: RequestPart, pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, key) => path + (/^\d+$/.test(key) ? `[${key}]` : `.${key}`), part)
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
