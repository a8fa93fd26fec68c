import type { Logger } from 'pino'
import type { RouteOptions, RoutePlugin } from './routes.js'

/** What both sides give a plugin. */
export interface PluginContext<Config> {
  /** Validated, with the schema's defaults filled in. */
  config: Config
  /** Every line carries the plugin's id. */
  log: Logger
  /**
   * Serves routes from a context of their own, below `/api/plugins/<id>` on the aggregator
   * and `/v1/plugins/<id>` on the agent unless `prefix` says otherwise. `register` is
   * called twice: first on a server that is thrown away, to see that it does no harm.
   */
  routes(register: RoutePlugin, options?: RouteOptions): void
  /** Runs after all plugins are set up and migrated, in dependency order. */
  onStart(start: () => void | Promise<void>): void
  /**
   * Runs when the host stops, in reverse order; also where the start failed, or was never begun
   * because a command only looked at the host.
   */
  onStop(stop: () => void | Promise<void>): void
}
