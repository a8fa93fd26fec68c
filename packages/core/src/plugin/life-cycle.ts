import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import { MonError } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import type { UnloadablePlugin } from './import-plugins.js'
import type { PluginIdentity } from './plugin.js'
import type { PluginState } from './report.js'
import { withTimeLimit } from './time-limit.js'

export interface LifeCycle<P extends PluginIdentity> {
  states(): readonly PluginState[]
  /**
   * Takes every plugin that still runs through one step, in dependency order. One that throws or
   * hangs has failed, and with it those that depend on it; the others go on.
   * @throws MonError of the first failure, if the host is to abort on one
   */
  step(name: string, run: (plugin: P) => void | Promise<void>): Promise<void>
  /** A plugin lost a part, and runs without it. */
  degrade(plugin: string, error: MonError): void
  /** Whether it has not failed; core itself, which is no plugin, has not. */
  isRunning(plugin: string): boolean
}

export interface LifeCycleOptions {
  /** How long a plugin may take for one step, milliseconds. */
  timeout_ms: number
  on_failure: 'degrade' | 'abort'
  /** Failed before they began. */
  unloadable: readonly UnloadablePlugin[]
  log: Logger
  /** A plugin has failed: whatever it has wired up must do nothing. */
  onFailed(plugin: string): void
}

export function createLifeCycle<P extends PluginIdentity>(
  plugins: readonly P[],
  options: LifeCycleOptions,
): LifeCycle<P> {
  const states = new Map<string, PluginState>(
    plugins.map(({ id, version }) => [id, { id, version, state: 'ready', ms: 0, errors: [] }]),
  )

  for (const { package: id, error } of options.unloadable) {
    const state: PluginState = { id, version: 'unknown', state: 'failed', ms: 0, errors: [] }
    states.set(id, state)
    note(state, error)
  }

  async function step(name: string, run: (plugin: P) => void | Promise<void>): Promise<void> {
    const [lost] = options.unloadable
    if (lost !== undefined && options.on_failure === 'abort') throw lost.error
    for (const plugin of plugins) {
      const state = states.get(plugin.id)
      if (state === undefined || state.state === 'failed') continue
      const started = performance.now()
      try {
        throwIfDependencyFailed(plugin)
        const work = Promise.resolve(plugin).then(run)
        await withTimeLimit(work, options.timeout_ms, `Plugin "${plugin.id}": ${name}`)
      } catch (error) {
        fail(state, asPluginError(error, `Plugin "${plugin.id}": ${name}`))
      } finally {
        state.ms = Math.round((state.ms + performance.now() - started) * 10) / 10
      }
    }
  }

  function throwIfDependencyFailed(plugin: P): void {
    const failed = plugin.dependsOn?.find((needed) => states.get(needed)?.state === 'failed')
    if (failed === undefined) return
    throw new MonError(
      'PLUGIN_DEPENDENCY_FAILED',
      `Plugin "${plugin.id}" needs plugin "${failed}", which did not start.`,
    )
  }

  function fail(state: PluginState, error: MonError): void {
    state.state = 'failed'
    note(state, error)
    options.onFailed(state.id)
    if (options.on_failure === 'abort') throw error
  }

  function note(state: PluginState, error: MonError): void {
    state.errors.push({ code: error.code, message: error.message })
    options.log.error({ plugin: state.id, code: error.code, err: error }, error.message)
  }

  return {
    states: () => [...states.values()],
    step,
    degrade(plugin, error) {
      const state = states.get(plugin)
      if (state === undefined) return
      if (state.state === 'ready') state.state = 'degraded'
      note(state, error)
    },
    isRunning: (plugin) => states.get(plugin)?.state !== 'failed',
  }
}
