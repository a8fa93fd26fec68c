import type { Check } from './check.js'
import type { HostHooks } from './hooks.js'
import type { PluginState } from './report.js'

/** A host whose plugins are set up but not started: what the `mon` command looks at. */
export interface Inspection {
  hooks: HostHooks
  plugins: readonly PluginState[]
  /** What core itself has checked by `mon doctor`. */
  checks: readonly Check[]
}

export interface Inspectable {
  /** Sets up the plugins, does the work, and undoes it all; nothing is started. */
  inspect<T>(work: (inspection: Inspection) => Promise<T>): Promise<T>
}
