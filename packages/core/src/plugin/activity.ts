import { type Static, Type } from 'typebox'
import type { TapCost } from './guard-taps.js'
import { PluginState } from './report.js'

/** What became of a plugin, what it taps, collects and serves, and what that has cost so far. */
export const PluginActivity = Type.Object({
  ...PluginState.properties,
  taps: Type.Array(
    Type.Object({
      hook: Type.String(),
      calls: Type.Integer(),
      failures: Type.Integer(),
      total_ms: Type.Number({ description: 'From start to end, waiting included' }),
      max_ms: Type.Number(),
    }),
  ),
  collectors: Type.Array(Type.String(), { description: 'On an agent: its keys in a snapshot' }),
  routes: Type.Array(Type.String(), { description: 'Such as `GET /api/plugins/open-files/peaks`' }),
})
export type PluginActivity = Static<typeof PluginActivity>

/** What the parts of a host know of all plugins. */
export interface ActivitySources {
  states: readonly PluginState[]
  costs: readonly TapCost[]
  routes: readonly { plugin: string; route: string }[]
  collectors: readonly { plugin: string; name: string }[]
}

export function gatherActivity(sources: ActivitySources): PluginActivity[] {
  const { states, costs, routes, collectors } = sources
  return states.map((state) => {
    const isOwn = ({ plugin }: { plugin: string }) => plugin === state.id
    return {
      ...state,
      taps: costs.filter(isOwn).map(({ hook, calls, failures, total_ms, max_ms }) => ({
        hook,
        calls,
        failures,
        total_ms: toMicroseconds(total_ms),
        max_ms: toMicroseconds(max_ms),
      })),
      collectors: collectors.filter(isOwn).map(({ name }) => name),
      routes: routes.filter(isOwn).map(({ route }) => route),
    }
  })
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
