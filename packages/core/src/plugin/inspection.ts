import type { FastifyBaseLogger } from 'fastify'
import { createHttpServer } from '../http/server.js'
import type { PluginActivity } from './activity.js'
import type { AskedHost } from './ask-health.js'
import type { RunningHost } from './ask-host.js'
import type { Check } from './check.js'
import type { HostHooks } from './hooks.js'
import type { Host } from './host.js'
import type { OnStop } from './running.js'

/** A host whose plugins are set up but not started: what the `mon` command looks at. */
export interface Inspection extends RunningHost {
  hooks: HostHooks
  plugins: readonly PluginActivity[]
  /** What core itself has checked by `mon doctor`. */
  checks: readonly Check[]
  /** Asks the host of this configuration how it is. */
  askRunning(): Promise<AskedHost>
}

export interface Inspectable {
  /** Sets up the plugins, does the work, and undoes it all; nothing is started. */
  inspect<T>(work: (inspection: Inspection) => Promise<T>): Promise<T>
}

/** What the plugins would do: their routes stand on a server that never listens. */
export async function inspectPlugins(
  host: Pick<Host<never, never>, 'serve' | 'activity'>,
  log: FastifyBaseLogger,
  onStop: OnStop,
): Promise<PluginActivity[]> {
  const info = { title: '', description: '', version: '' }
  const createServer = () => createHttpServer({ ...info, allowed_hosts: [], token: null, log })
  const app = createServer()
  onStop(() => app.close())
  await host.serve(app, createServer)
  return host.activity()
}
