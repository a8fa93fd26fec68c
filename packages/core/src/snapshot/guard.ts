import { Ajv } from 'ajv'
import type { Static, TSchema } from 'typebox'

const ajv = new Ajv({ strict: false, strictNumbers: true, logger: false })

/**
 * Tells whether a value from outside fits a TypeBox schema. The check is compiled once.
 *
 * @example
 * const isReading = createGuard(Type.Object({ watts: Type.Number() }))
 * if (isReading(answer)) show(answer.watts)
 */
export function createGuard<Schema extends TSchema>(
  schema: Schema,
): (value: unknown) => value is Static<Schema> {
  return ajv.compile<Static<Schema>>(schema)
}
