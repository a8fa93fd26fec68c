import semver from 'semver'
import { MonError } from '../errors.js'
import { PLUGIN_API_VERSION, type PluginIdentity } from './plugin.js'

export interface Resolved<P> {
  /** Every plugin after those it depends on; otherwise in the order given. */
  plugins: P[]
  problems: MonError[]
}

/** Checks ids, API ranges and dependencies before any code of a plugin runs. */
export function resolvePlugins<P extends PluginIdentity>(plugins: readonly P[]): Resolved<P> {
  const problems = [
    ...badIds(plugins),
    ...duplicates(plugins),
    ...apiMismatches(plugins),
    ...missing(plugins),
  ]
  const { sorted, cycles } = sortByDependency(plugins)
  for (const cycle of cycles) {
    problems.push(
      new MonError(
        'PLUGIN_DEPENDENCY_CYCLE',
        `Plugins depend on each other in a circle: ${cycle.join(' → ')}.`,
      ),
    )
  }
  return { plugins: sorted, problems }
}

/** An id stands in URL paths, element names and the migrations' ledger, where `core` is taken. */
function badIds(plugins: readonly PluginIdentity[]): MonError[] {
  return plugins
    .filter(({ id }) => id === 'core' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    .map(
      ({ id }) =>
        new MonError('PLUGIN_INVALID', `A plugin cannot have the id ${JSON.stringify(id)}.`, {
          hint: 'An id is of lower-case words, digits and hyphens, such as open-files.',
        }),
    )
}

function duplicates(plugins: readonly PluginIdentity[]): MonError[] {
  const seen = new Set<string>()
  return plugins.flatMap(({ id }) => {
    if (seen.has(id)) return new MonError('PLUGIN_DUPLICATE', `Two plugins have the id "${id}".`)
    seen.add(id)
    return []
  })
}

function apiMismatches(plugins: readonly PluginIdentity[]): MonError[] {
  return plugins
    .filter(({ api }) => !semver.satisfies(PLUGIN_API_VERSION, api))
    .map(
      ({ id, version, api }) =>
        new MonError(
          'PLUGIN_API_MISMATCH',
          `Plugin "${id}" ${version} needs plugin API ${api}, but this core has ${PLUGIN_API_VERSION}.`,
          { hint: `Install versions of "${id}" and @mon/core that belong together.` },
        ),
    )
}

function missing(plugins: readonly PluginIdentity[]): MonError[] {
  const ids = new Set(plugins.map(({ id }) => id))
  return plugins.flatMap(({ id, dependsOn = [] }) =>
    dependsOn
      .filter((needed) => !ids.has(needed))
      .map(
        (needed) =>
          new MonError(
            'PLUGIN_DEPENDENCY_MISSING',
            `Plugin "${id}" needs plugin "${needed}", which is not loaded.`,
            { hint: `Install "${needed}" and name it in the configuration.` },
          ),
      ),
  )
}

function sortByDependency<P extends PluginIdentity>(plugins: readonly P[]) {
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]))
  const sorted = new Set<P>()
  const cycles: string[][] = []

  function visit(plugin: P, path: readonly string[]): void {
    if (sorted.has(plugin)) return
    const start = path.indexOf(plugin.id)
    if (start >= 0) {
      cycles.push([...path.slice(start), plugin.id])
      return
    }
    for (const needed of plugin.dependsOn ?? []) {
      const dependency = byId.get(needed)
      if (dependency !== undefined) visit(dependency, [...path, plugin.id])
    }
    sorted.add(plugin)
  }

  for (const plugin of plugins) visit(plugin, [])
  return { sorted: [...sorted], cycles }
}
