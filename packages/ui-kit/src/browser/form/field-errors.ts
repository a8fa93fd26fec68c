import { RequestError } from '../http/request.js'

/** What is wrong, by the name of a field. */
export type FieldErrors<Name extends string = string, Text = string> = Partial<Record<Name, Text>>

/**
 * What the aggregator found wrong with a body, by field; undefined if there is anything that
 * belongs to no field of the form, and so has to be shown as a whole.
 */
export function fieldErrorsOf<Name extends string>(
  error: unknown,
  names: readonly Name[],
): FieldErrors<Name> | undefined {
  if (!(error instanceof RequestError) || error.violations.length === 0) return undefined
  const errors: FieldErrors<Name> = {}
  for (const { path, message } of error.violations) {
    // A part of a field, such as `body.tags[3]`, is the field's.
    const name = names.find((each) => new RegExp(`^body\\.${each}(?![\\w-])`).test(path))
    if (name === undefined) return undefined
    errors[name] ??= message
  }
  return errors
}
