import type { RawConfig } from './load-config.js'
import { childPath, isMapping } from './mapping.js'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Expanded {
  config: RawConfig
  /** Paths of the values that hold something from the environment; such a value is never printed. */
  from_env: ReadonlySet<string>
  /** One line for each variable that is not set. */
  problems: string[]
}

/** Replaces `${NAME}` in every string value by the variable; `$${NAME}` stays as `${NAME}`. */
export function expandEnv(config: RawConfig, env: Environment): Expanded {
  const fromEnv = new Set<string>()
  const problems: string[] = []

  function expand(value: unknown, path: string): unknown {
    if (typeof value === 'string') return expandString(value, path)
    if (Array.isArray(value))
      return value.map((item, index) => expand(item, childPath(path, index)))
    if (!isMapping(value)) return value
    return expandMapping(value, path)
  }

  function expandMapping(mapping: RawConfig, path: string): RawConfig {
    return Object.fromEntries(
      Object.entries(mapping).map(([key, item]) => [key, expand(item, childPath(path, key))]),
    )
  }

  function expandString(text: string, path: string): string {
    return text.replace(
      /(\$?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g,
      (whole, dollar: string, name: string) => {
        if (dollar !== '') return whole.slice(1)
        const value = env[name]
        if (value === undefined) {
          problems.push(`${path} uses \${${name}}, which is not set in the environment`)
          return whole
        }
        fromEnv.add(path)
        return value
      },
    )
  }

  return { config: expandMapping(config, ''), from_env: fromEnv, problems }
}
