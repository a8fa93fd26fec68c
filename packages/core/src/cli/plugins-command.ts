import { explain } from '../errors.js'
import type { PluginActivity } from '../plugin/activity.js'
import type { AskedHost } from '../plugin/ask-health.js'
import type { Inspection } from '../plugin/inspection.js'
import type { PluginSummary } from '../plugin/plugin-summary.js'
import { createHost } from './create-host.js'
import { loadSides, parseOptions } from './options.js'

const MAX_ITEMS = 30

/**
 * `mon plugins`: what the configuration loads, what each plugin brings, taps and serves, and,
 * where its host runs, what that has cost so far.
 */
export async function pluginsCommand(args: string[]): Promise<void> {
  for (const sideConfig of await loadSides(parseOptions(args))) {
    const host = await createHost(sideConfig)
    const { plugins, running } = await host.inspect(async (inspection) => ({
      plugins: inspection.plugins,
      running: await ask(inspection),
    }))
    console.log(`${sideConfig.side}: ${running.line}`)
    for (const plugin of host.plugins) {
      console.log(describe(plugin, plugins, running.plugins).join('\n'))
    }
    for (const { error } of host.unloadable) console.log(`  ${explain(error)}`)
    for (const { id, version } of running.plugins ?? []) {
      if (plugins.some((plugin) => plugin.id === id)) continue
      console.log(`  ${id}  ${version}  runs, and is not in this configuration`)
    }
    if (host.unloadable.length > 0) process.exitCode = 1
  }
}

interface Running {
  line: string
  /** Null where they cannot be known. */
  plugins: readonly PluginActivity[] | null
}

async function ask({ askRunning }: Inspection): Promise<Running> {
  try {
    return toRunning(await askRunning())
  } catch (error) {
    return { line: `whether it runs is not known. ${explain(error)}`, plugins: null }
  }
}

function toRunning({ url, report }: AskedHost): Running {
  if (report === null) {
    const line = `does not run at ${url}. While it does, this shows what each tap costs.`
    return { line, plugins: null }
  }
  if (report === 'locked') {
    const line = `runs at ${url}, and shows its costs to who has a token: set token_file.`
    return { line, plugins: null }
  }
  return { line: `runs at ${url}, ${report.status}`, plugins: report.plugins }
}

function describe(
  { id, version, package: name, brings }: PluginSummary,
  plugins: readonly PluginActivity[],
  running: Running['plugins'],
): string[] {
  const activity = plugins.find((plugin) => plugin.id === id)
  const { state, ms, taps = [], collectors = [], routes = [], errors = [] } = activity ?? {}
  return [
    `  ${id}  ${version}  ${name}  ${state}, set up in ${ms} ms`,
    ...list('brings', brings),
    ...list('taps', [...new Set(taps.map(({ hook }) => hook))]),
    ...list('collects', collectors),
    ...list('serves', routes),
    ...list('errors', errors.map(oneLine)),
    ...(running === null ? [] : describeRunning(running.find((plugin) => plugin.id === id))),
  ]
}

function describeRunning(plugin: PluginActivity | undefined): string[] {
  if (plugin === undefined) return list('running', ['no: it takes a restart to load it'])
  const { version, state, ms, errors, taps } = plugin
  return [
    ...list('running', [`${version}, ${state}, started in ${ms} ms`, ...errors.map(oneLine)]),
    ...taps.filter(({ calls }) => calls > 0).flatMap((tap) => list('costs', [costOf(tap)])),
  ]
}

function costOf({
  hook,
  calls,
  failures,
  total_ms,
  max_ms,
}: PluginActivity['taps'][number]): string {
  const mean = Math.round((total_ms / calls) * 1000) / 1000
  return `${hook}: ${calls} calls, ${mean} ms each, ${max_ms} ms at most, ${failures} failures`
}

function oneLine({ code, message }: PluginActivity['errors'][number]): string {
  return `${code}: ${message}`
}

/** A plugin that serves files has a route for each. */
function list(name: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  const rest = items.length - MAX_ITEMS
  const shown = rest > 0 ? [...items.slice(0, MAX_ITEMS), `and ${rest} more`] : items
  return [`    ${name.padEnd(8)}  ${shown.join(', ')}`]
}
