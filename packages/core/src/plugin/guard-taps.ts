import { performance } from 'node:perf_hooks'
import type { SyncHook } from 'tapable'
import { MonError, messageOf } from '../errors.js'
import type { PluginFailure } from './hooks.js'
import { withTimeLimit } from './time-limit.js'

/** What one tap of a plugin has cost so far. */
export interface TapCost {
  plugin: string
  hook: string
  calls: number
  failures: number
  total_ms: number
  max_ms: number
}

export interface Guard {
  /** One entry for each tap. */
  costs(): readonly TapCost[]
  /** From now on the plugin's taps do nothing, but for `stop`; tapable itself cannot untap. */
  disable(plugin: string): void
}

export interface GuardOptions {
  /** How long an asynchronous tap may take, milliseconds. */
  deadline_ms: number
  /** For hooks whose taps hand a value on: whether it is one that the next can work with. */
  accepts?: Readonly<Record<string, (result: unknown) => boolean>>
  onFailure(failure: PluginFailure): void
}

/** What the guard needs of a tapable hook. */
interface Guardable {
  intercept(interceptor: { register(tap: Tap): Tap }): void
}

type Tap = SyncHook<[]>['taps'][number]

/**
 * tapable lets one bad tap spoil its hook: a sync tap that throws ends the call, an
 * AsyncParallelHook rejects on the first error, a tap that hangs hangs the hook. The guard
 * puts each tap into a wrapper of its own that catches, times, and gives up waiting; a
 * failed tap counts as one that returned nothing.
 *
 * A tap's name is its plugin's id.
 */
export function guardTaps(hooks: Record<string, Guardable>, options: GuardOptions): Guard {
  const costs: TapCost[] = []
  const disabled = new Set<string>()

  for (const [hook, guarded] of Object.entries(hooks)) {
    guarded.intercept({
      register(tap) {
        const cost = { plugin: tap.name, hook, calls: 0, failures: 0, total_ms: 0, max_ms: 0 }
        costs.push(cost)
        return tap.type === 'sync'
          ? { ...tap, fn: guardSync(tap, cost) }
          : { ...tap, fn: guardAsync(tap, cost), type: 'promise' }
      },
    })
  }

  function isOff({ plugin, hook }: TapCost): boolean {
    return disabled.has(plugin) && hook !== 'stop'
  }

  function guardSync(tap: Tap, cost: TapCost) {
    return (...args: unknown[]): unknown => {
      if (isOff(cost)) return undefined
      const started = performance.now()
      try {
        const result: unknown = Reflect.apply(tap.fn, undefined, args)
        if (!(result instanceof Promise)) return accepted(result, cost)
        // Nobody waits for an async function here; its rejection would end the process.
        result.catch((error: unknown) => fail(cost, error))
        return undefined
      } catch (error) {
        fail(cost, error)
        return undefined
      } finally {
        spend(cost, performance.now() - started)
      }
    }
  }

  function guardAsync(tap: Tap, cost: TapCost) {
    return async (...args: unknown[]): Promise<unknown> => {
      if (isOff(cost)) return undefined
      const started = performance.now()
      try {
        const what = `${cost.plugin}: its tap on ${cost.hook}`
        return await withTimeLimit(callAsync(tap, args), options.deadline_ms, what)
      } catch (error) {
        fail(cost, error)
        return undefined
      } finally {
        spend(cost, performance.now() - started)
      }
    }
  }

  /** The value before this tap goes on where its own is of no use. */
  function accepted(result: unknown, cost: TapCost): unknown {
    const isAccepted = result === undefined || (options.accepts?.[cost.hook]?.(result) ?? true)
    if (isAccepted) return result
    fail(cost, new Error('it returned something else than was asked for'))
    return undefined
  }

  function fail(cost: TapCost, thrown: unknown): void {
    cost.failures += 1
    const { plugin, hook } = cost
    options.onFailure({ plugin, hook, error: asPluginError(thrown, `${plugin}: ${hook}`) })
  }

  return {
    costs: () => costs,
    disable: (plugin) => void disabled.add(plugin),
  }
}

/** What a plugin threw, as an error that names the place. */
export function asPluginError(thrown: unknown, where: string): MonError {
  if (thrown instanceof MonError) return thrown
  return new MonError('PLUGIN_FAILED', `${where} failed: ${messageOf(thrown)}`, { cause: thrown })
}

async function callAsync(tap: Tap, args: unknown[]): Promise<unknown> {
  if (tap.type === 'promise') return Reflect.apply(tap.fn, undefined, args)
  return new Promise((resolve, reject) => {
    const done = (error: unknown, result?: unknown) => (error ? reject(error) : resolve(result))
    Reflect.apply(tap.fn, undefined, [...args, done])
  })
}

function spend(cost: TapCost, ms: number): void {
  cost.calls += 1
  cost.total_ms += ms
  cost.max_ms = Math.max(cost.max_ms, ms)
}
