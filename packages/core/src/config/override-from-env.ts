import type { TObject } from 'typebox'
import { parse } from 'yaml'
import type { Environment } from './expand-env.js'

export interface Overrides {
  values: Record<string, unknown>
  /** One line for each variable that cannot be read. */
  problems: string[]
}

/**
 * Values of a section that the environment sets: key `poll_interval_s` below the prefix
 * `MON_AGGREGATOR` is `MON_AGGREGATOR_POLL_INTERVAL_S`. A value is read as YAML (numbers,
 * true and false, lists in brackets) unless the schema wants a string.
 */
export function overridesFromEnv(schema: TObject, prefix: string, env: Environment): Overrides {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [key, property] of Object.entries(schema.properties)) {
    const name = envName(prefix, key)
    const text = env[name]
    if (text === undefined) continue
    try {
      values[key] = wantsString(property) ? text : parse(text)
    } catch {
      // The parser's message quotes the value, which may hold a secret.
      problems.push(`${name} in the environment is not valid YAML`)
    }
  }
  return { values, problems }
}

/** Upper case, and everything that is not a letter or a digit is an underscore. */
export function envName(...parts: string[]): string {
  return parts.map((part) => part.toUpperCase().replace(/[^A-Z0-9]+/g, '_')).join('_')
}

function wantsString(schema: object): boolean {
  return 'type' in schema && schema.type === 'string'
}
