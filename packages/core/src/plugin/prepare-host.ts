import { type Static, type TObject, Type } from 'typebox'
import { type Environment, expandEnv } from '../config/expand-env.js'
import type { RawConfig, Side } from '../config/load-config.js'
import { isMapping } from '../config/mapping.js'
import { envName, overridesFromEnv } from '../config/override-from-env.js'
import { maskSecrets } from '../config/secrets.js'
import { validateConfig } from '../config/validate-config.js'
import { joinErrors, MonError, messageOf } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import { type ConfigHook, createConfigHook } from './hooks.js'
import { importPlugins, type UnloadablePlugin } from './import-plugins.js'
import type { PluginIdentity } from './plugin.js'
import { resolvePlugins } from './resolve-plugins.js'
import { withTimeLimit } from './time-limit.js'

const CONFIG_LIMIT_MS = 30_000

/** A plugin with the side that this host runs. */
export interface HostedPlugin<S> extends PluginIdentity {
  side: S
  /** Validated. */
  config: unknown
}

export interface PreparedHost<HostSchema extends TObject, S> {
  config: Static<HostSchema>
  /** In the order of start. */
  plugins: HostedPlugin<S>[]
  /** Named in the configuration, and not to be had: they have failed before they began. */
  unloadable: UnloadablePlugin[]
  /** The whole configuration with defaults, secrets masked: fit to be printed. */
  printable: unknown
}

interface SideDeclaration {
  config?: TObject
  tapConfig?(hook: ConfigHook): void
}

export interface PrepareOptions<S, P extends PluginIdentity, HostSchema extends TObject> {
  side: Side
  sideOf(plugin: P): S | undefined
  schema: HostSchema
  config: RawConfig
  /** Always there, before all others. */
  builtIn: readonly P[]
  /** Without it, the packages that the configuration names are imported from the current directory. */
  plugins: readonly P[] | undefined
  env: Environment
}

/**
 * Resolves the plugins and validates the whole configuration before any code of a plugin runs.
 * @throws MonError that lists every problem of every plugin at once
 */
export async function prepareHost<
  S extends SideDeclaration,
  P extends PluginIdentity,
  HostSchema extends TObject,
>(options: PrepareOptions<S, P, HostSchema>): Promise<PreparedHost<HostSchema, S>> {
  const prefix = envName('MON', options.side)
  const { config: written, from_env, problems: lines } = expandEnv(options.config, options.env)
  const overrides = overridesFromEnv(options.schema, prefix, options.env)
  lines.push(...overrides.problems)
  // Before the plugins are imported: the environment may name them too.
  const raw = { ...written, ...overrides.values }
  const given = options.plugins ?? []
  const named = options.plugins === undefined ? sectionKeys(raw) : []
  const imported = await importPlugins<P>(named, process.cwd())
  const { unloadable } = imported
  const { plugins, problems } = resolvePlugins([...options.builtIn, ...given, ...imported.plugins])
  const sides = plugins.map((plugin) => ({ plugin, side: options.sideOf(plugin) }))

  const config = structuredClone(await runConfigHook(raw, sides))
  // `plugins:` with every line below it commented out.
  config.plugins ??= {}
  const checked = validateConfig(options.schema, config, '', from_env)
  if (!checked.ok) lines.push(...checked.problems)

  const sections = takeSections(config)
  for (const { package: id } of unloadable) sections.take({ id })
  const hosted: HostedPlugin<S>[] = []
  for (const { plugin, side } of sides) {
    const { key, section } = sections.take(plugin)
    if (side === undefined) {
      if (Object.keys(section).length > 0) lines.push(`plugins.${key} has no ${options.side} part`)
      continue
    }
    const schema = side.config ?? Type.Object({})
    const env = overridesFromEnv(schema, envName(prefix, 'PLUGINS', plugin.id), options.env)
    lines.push(...env.problems)
    Object.assign(section, env.values)
    try {
      const result = validateConfig(schema, section, `plugins.${key}`, from_env)
      if (result.ok) hosted.push({ ...plugin, side, config: result.value })
      else lines.push(...result.problems)
    } catch (error) {
      problems.push(uncheckable(plugin.id, error))
    }
  }
  lines.push(...sections.rest().map((key) => `plugins.${key} names a plugin that is not loaded`))

  problems.push(...lines.map((line) => new MonError('CONFIG_INVALID', line)))
  const [first, ...others] = problems
  if (first !== undefined) throw joinErrors([first, ...others])
  if (!checked.ok) throw new MonError('CONFIG_INVALID', checked.problems.join('\n'))
  const printable = maskSecrets(config, from_env)
  return { config: checked.value, plugins: hosted, unloadable, printable }
}

function uncheckable(plugin: string, cause: unknown): MonError {
  const message = `Plugin "${plugin}": the schema of its configuration cannot be compiled: ${messageOf(cause)}`
  return new MonError('PLUGIN_INVALID', message, {
    hint: 'Take it out of `plugins`, and tell its author.',
    cause,
  })
}

async function runConfigHook(
  raw: RawConfig,
  sides: readonly { plugin: PluginIdentity; side: SideDeclaration | undefined }[],
): Promise<RawConfig> {
  const hook = createConfigHook()
  let running = ''
  const what = () => `Plugin "${running}": its change of the configuration`
  hook.intercept({
    tap: ({ name }) => {
      running = name
    },
  })
  try {
    for (const { plugin, side } of sides) {
      running = plugin.id
      side?.tapConfig?.(hook)
    }
    return await withTimeLimit(hook.promise(raw), CONFIG_LIMIT_MS, what)
  } catch (error) {
    throw asPluginError(error, what())
  }
}

/** Hands out each plugin's section, which stands below its package name or its id. */
function takeSections(config: RawConfig) {
  const sections = isMapping(config.plugins) ? config.plugins : {}
  const unclaimed = new Set(Object.keys(sections))
  return {
    take(plugin: Pick<PluginIdentity, 'id' | 'package'>): {
      key: string
      section: Record<string, unknown>
    } {
      const named = [plugin.package, plugin.id].find((name) => name && unclaimed.delete(name))
      const key = named ?? plugin.package ?? plugin.id
      const written = sections[key]
      const section = isMapping(written) ? written : {}
      if (named !== undefined) sections[key] = section
      return { key, section }
    },
    rest: () => [...unclaimed],
  }
}

function sectionKeys(config: RawConfig): string[] {
  return isMapping(config.plugins) ? Object.keys(config.plugins) : []
}
