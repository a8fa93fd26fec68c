import type { TObject } from 'typebox'
import { parse } from 'yaml'
import type { Environment } from './expand-env.js'

/**
 * Values of a section that the environment sets: key `poll_interval_s` below the prefix
 * `MON_AGGREGATOR` is `MON_AGGREGATOR_POLL_INTERVAL_S`. A value is read as YAML (numbers,
 * true and false, lists in brackets) unless the schema wants a string.
 */
export function overridesFromEnv(
  schema: TObject,
  prefix: string,
  env: Environment,
): Record<string, unknown> {
  const overrides: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(schema.properties)) {
    const text = env[envName(prefix, key)]
    if (text !== undefined) overrides[key] = wantsString(property) ? text : parse(text)
  }
  return overrides
}

/** Upper case, and everything that is not a letter or a digit is an underscore. */
export function envName(...parts: string[]): string {
  return parts.map((part) => part.toUpperCase().replace(/[^A-Z0-9]+/g, '_')).join('_')
}

function wantsString(schema: object): boolean {
  return 'type' in schema && schema.type === 'string'
}
