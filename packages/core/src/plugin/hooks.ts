import { AsyncParallelHook, AsyncSeriesHook, AsyncSeriesWaterfallHook, SyncHook } from 'tapable'
import type { RawConfig } from '../config/load-config.js'
import type { CheckRegistry } from './check.js'
import type { CommandRegistry } from './command.js'
import type { HealthReport } from './health.js'
import type { RouteRegistry } from './routes.js'

/** A tap of a plugin that threw, or did not finish in time. */
export interface PluginFailure {
  plugin: string
  hook: string
  error: Error
}

export type ConfigHook = AsyncSeriesWaterfallHook<[RawConfig]>

export function createConfigHook(): ConfigHook {
  return new AsyncSeriesWaterfallHook<[RawConfig]>(['config'], 'config')
}

/** The hooks that agent and aggregator have in common. */
export function createHostHooks() {
  return {
    /** Wiring: what a plugin serves. */
    routes: new SyncHook<[RouteRegistry]>(['registry'], 'routes'),
    /** All plugins have started and the host listens. */
    ready: new AsyncParallelHook<[]>([], 'ready'),
    /** The host stops; taps run in the reverse of the order of start. */
    stop: new AsyncSeriesHook<[]>([], 'stop'),
    /** `/healthz` is asked for: add what is worth knowing. */
    health: new AsyncParallelHook<[HealthReport]>(['report'], 'health'),
    /** What a plugin adds to the `mon` command. */
    commands: new SyncHook<[CommandRegistry]>(['registry'], 'commands'),
    /** What a plugin adds to the check-up of `mon doctor`. */
    doctor: new SyncHook<[CheckRegistry]>(['registry'], 'doctor'),
    /** A tap failed. */
    failure: new SyncHook<[PluginFailure]>(['failure'], 'failure'),
  }
}

export type HostHooks = ReturnType<typeof createHostHooks>
