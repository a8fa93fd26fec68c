import type { TObject, TProperties } from 'typebox'
import type { Migration } from '../database/migration.js'
import type { Metric } from '../metrics/metric.js'
import type { ConfigHook } from './hooks.js'
import type { Widget } from './widget.js'

/** The version of the plugin API that this core speaks; a plugin's `api` range is checked against it. */
export const PLUGIN_API_VERSION = '1.0.0'

/** What both sides of a plugin have in common, and all that the host needs to know of it. */
export interface PluginIdentity {
  /** Short name, unique in a host: in hooks, routes, widget tags and `collectors`. */
  id: string
  /** The package specifier, which is the plugin's key in the configuration; `id` unless given. */
  package?: string
  version: string
  /** Range of the plugin API it is made for, e.g. `^1.0.0`. */
  api: string
  /** Ids of plugins that must be ready before this one starts. */
  dependsOn?: readonly string[]
}

export interface PluginModule<Context> {
  /** Wires the plugin up. Nothing may run before `ctx.onStart`. */
  setup(ctx: Context): void
}

/** One side of a plugin, as data; its code is behind `load`. */
export interface PluginSide<Context, ConfigSchema extends TObject = TObject> {
  /** TypeBox schema of its configuration, with defaults, units and descriptions. */
  config?: ConfigSchema
  /** For a plugin that changes the configuration before it is validated, such as one that fetches secrets. */
  tapConfig?(hook: ConfigHook): void
  /** Left out where the declarations say it all. */
  load?(): Promise<PluginModule<Context>>
}

export interface AggregatorSide<Context, ConfigSchema extends TObject = TObject>
  extends PluginSide<Context, ConfigSchema> {
  /** Snapshot fields to accept from agents; one of the wrong type becomes null, with its reason under `collectors`. */
  fields?: TProperties
  metrics?: readonly Metric[]
  migrations?: readonly Migration[]
  widgets?: readonly Widget[]
}
