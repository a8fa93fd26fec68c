import type { Ajv } from 'ajv'
import type { TProperties } from 'typebox'
import { messageOf } from '../errors.js'

/** @throws Error that names the field whose schema ajv does not take: together none would be named */
export function throwIfUncompilable(ajv: Ajv, fields: TProperties): void {
  for (const [field, schema] of Object.entries(fields)) {
    try {
      ajv.compile({ ...schema })
    } catch (cause) {
      const message = `the schema of the field "${field}" cannot be compiled: ${messageOf(cause)}`
      throw new Error(message, { cause })
    }
  }
}
