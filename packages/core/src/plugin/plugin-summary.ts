import type { AggregatorSide } from './plugin.js'
import type { HostedPlugin } from './prepare-host.js'

/** What can be told of a plugin without running it. */
export interface PluginSummary {
  id: string
  version: string
  package: string
  /** What it has declared, such as `metric open_files` and `widget open-files-line`. */
  brings: string[]
}

export function summarisePlugin(
  plugin: HostedPlugin<Partial<AggregatorSide<never>>>,
): PluginSummary {
  const { fields = {}, metrics = [], migrations = [], widgets = [] } = plugin.side
  return {
    id: plugin.id,
    version: plugin.version,
    package: plugin.package ?? plugin.id,
    brings: [
      ...Object.keys(fields).map((field) => `field ${field}`),
      ...metrics.map(({ name }) => `metric ${name}`),
      ...migrations.map(({ id }) => `migration ${id}`),
      ...widgets.map(({ tag }) => `widget ${tag}`),
    ],
  }
}
