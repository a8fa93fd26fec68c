import { explain } from '../errors.js'
import type { PluginActivity } from '../plugin/activity.js'
import type { PluginSummary } from '../plugin/plugin-summary.js'
import { createHost } from './create-host.js'
import { loadSides, parseOptions } from './options.js'

const MAX_ITEMS = 30

/** `mon plugins`: what the configuration loads, and what each plugin brings, taps and serves. */
export async function pluginsCommand(args: string[]): Promise<void> {
  for (const sideConfig of await loadSides(parseOptions(args))) {
    const host = await createHost(sideConfig)
    const activities = await host.inspect(async ({ plugins }) => plugins)
    console.log(`${sideConfig.side}:`)
    for (const plugin of host.plugins) {
      const activity = activities.find(({ id }) => id === plugin.id)
      console.log(describe(plugin, activity))
    }
    for (const { error } of host.unloadable) console.log(`  ${explain(error)}`)
    if (host.unloadable.length > 0) process.exitCode = 1
  }
  console.log('\nWhat each tap costs while a host runs: GET /healthz and GET /metrics.')
}

function describe(plugin: PluginSummary, activity: PluginActivity | undefined): string {
  const { state, ms, taps = [], collectors = [], routes = [], errors = [] } = activity ?? {}
  const lists = [
    ['brings', plugin.brings],
    ['taps', [...new Set(taps.map(({ hook }) => hook))]],
    ['collects', collectors],
    ['serves', routes],
    ['errors', errors.map(({ code, message }) => `${code}: ${message}`)],
  ] as const
  return [
    `  ${plugin.id}  ${plugin.version}  ${plugin.package}  ${state}, set up in ${ms} ms`,
    ...lists
      .filter(([, items]) => items.length > 0)
      .map(([name, items]) => `    ${name.padEnd(8)}  ${shorten(items).join(', ')}`),
  ].join('\n')
}

/** A plugin that serves files has a route for each. */
function shorten(items: readonly string[]): readonly string[] {
  if (items.length <= MAX_ITEMS) return items
  return [...items.slice(0, MAX_ITEMS), `and ${items.length - MAX_ITEMS} more`]
}
