import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { gatherActivity, type PluginActivity } from './activity.js'
import type { PluginContext } from './context.js'
import { type Guard, type GuardOptions, guardTaps } from './guard-taps.js'
import type { HostHooks } from './hooks.js'
import type { UnloadablePlugin } from './import-plugins.js'
import { createLifeCycle, type LifeCycle } from './life-cycle.js'
import type { PluginModule, PluginSide } from './plugin.js'
import type { HostedPlugin } from './prepare-host.js'
import type { StartReport } from './report.js'
import { mountRoutes, type RouteRegistration } from './routes.js'
import { withTimeLimit } from './time-limit.js'

/** A host must be gone within 10 s of SIGTERM, whatever its plugins do. */
const STOP_LIMIT_MS = 8_000
const STOP_LIMIT_PER_PLUGIN_MS = 3_000

export interface HostOptions<S> {
  hooks: HostHooks
  plugins: readonly HostedPlugin<S>[]
  unloadable: readonly UnloadablePlugin[]
  log: Logger
  plugin_timeout_ms: number
  on_plugin_failure: 'degrade' | 'abort'
  /** What the hooks of this side take from a tap. */
  accepts: Exclude<GuardOptions['accepts'], undefined>
  /** Plugins' routes stand below `<prefix>/<id>`. */
  route_prefix: string
  /** On an agent: the collectors that plugins have added. */
  collectors?: () => readonly { plugin: string; name: string }[]
}

/** Takes plugins through their life; agent and aggregator say what happens in between. */
export interface Host<Context, S> {
  guard: Guard
  lifeCycle: LifeCycle<HostedPlugin<S>>
  /** Loads the plugins' code and wires it up. */
  setUp(contextFor: (base: PluginContext<unknown>, plugin: string) => Context): Promise<void>
  /** Runs what the plugins gave to `onStart`. */
  start(): Promise<void>
  /** Serves what the plugins gave to `routes`, after a trial on servers that are thrown away. */
  serve(app: FastifyInstance, createServer: () => FastifyInstance): Promise<void>
  /** What the plugins do here, in the order of start. */
  activity(): PluginActivity[]
  /** Tells the plugins that the host listens. */
  ready(url: string): Promise<StartReport>
  /** Ends in reverse order what has been started; never rejects. */
  stop(): Promise<void>
}

export function createHost<Context, S extends PluginSide<Context>>(
  options: HostOptions<S>,
): Host<Context, S> {
  const { hooks, plugins, log } = options
  const registrations: RouteRegistration[] = []
  const routes: { plugin: string; route: string }[] = []
  const starts = new Map<string, (() => void | Promise<void>)[]>()

  stopInReverse()
  const guard = guardTaps(hooks, {
    deadline_ms: STOP_LIMIT_PER_PLUGIN_MS,
    accepts: options.accepts,
    onFailure(failure) {
      log.error(
        { plugin: failure.plugin, hook: failure.hook, err: failure.error },
        failure.error.message,
      )
      // A tap on `failure` that fails would otherwise be told of its own failure, for ever.
      if (failure.hook !== 'failure') hooks.failure.call(failure)
    },
  })
  const lifeCycle = createLifeCycle(plugins, {
    timeout_ms: options.plugin_timeout_ms,
    on_failure: options.on_plugin_failure,
    unloadable: options.unloadable,
    log,
    onFailed: guard.disable,
  })

  /** tapable runs taps by stage; the plugin that starts last stops first. */
  function stopInReverse(): void {
    const place = new Map(plugins.map(({ id }, index) => [id, index]))
    hooks.stop.intercept({
      register: (tap) => ({ ...tap, stage: -(place.get(tap.name) ?? 0) }),
    })
  }

  function baseContext({ id, config }: HostedPlugin<unknown>): PluginContext<unknown> {
    return {
      config,
      log: log.child({ plugin: id }),
      routes: (register, settings) =>
        hooks.routes.tap(id, (registry) => registry.add({ plugin: id, register, ...settings })),
      onStart: (start) => void starts.set(id, [...(starts.get(id) ?? []), start]),
      onStop: (stop) => hooks.stop.tapPromise(id, async () => stop()),
    }
  }

  return {
    guard,
    lifeCycle,
    setUp: (contextFor) =>
      lifeCycle.step('set up', async (plugin) => {
        const module: PluginModule<Context> | undefined = await plugin.side.load?.()
        // An async function is assignable to setup: unawaited, its rejection would end the process.
        await module?.setup(contextFor(baseContext(plugin), plugin.id))
      }),
    start: () =>
      lifeCycle.step('start', async ({ id }) => {
        for (const start of starts.get(id) ?? []) await start()
      }),
    async serve(app, createServer) {
      hooks.routes.call({ add: (registration) => void registrations.push(registration) })
      const running = registrations.filter(({ plugin }) => lifeCycle.isRunning(plugin))
      await mountRoutes(app, running, {
        default_prefix: options.route_prefix,
        timeout_ms: options.plugin_timeout_ms,
        createServer,
        onRoute: (plugin, route) => void routes.push({ plugin, route }),
        onFailure: lifeCycle.degrade,
      })
    },
    activity: () =>
      gatherActivity({
        states: lifeCycle.states(),
        costs: guard.costs(),
        routes,
        collectors: options.collectors?.() ?? [],
      }),
    async ready(url) {
      await hooks.ready.promise()
      return { url, plugins: lifeCycle.states() }
    },
    async stop() {
      try {
        await withTimeLimit(hooks.stop.promise(), STOP_LIMIT_MS, 'Stopping the plugins')
      } catch (error) {
        log.error({ err: error }, 'Not all plugins stopped in time.')
      }
    },
  }
}
