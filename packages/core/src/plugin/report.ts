import { type Static, Type } from 'typebox'

/** What became of one plugin at the start. */
export const PluginState = Type.Object({
  id: Type.String(),
  version: Type.String(),
  state: Type.Enum(['ready', 'degraded', 'failed'], {
    description: 'degraded: it runs, without a part that failed; failed: it does not run',
  }),
  ms: Type.Number({ description: 'What its start took, milliseconds' }),
  errors: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
})
export type PluginState = Static<typeof PluginState>

export interface StartReport {
  /** Where the host listens. */
  url: string
  plugins: readonly PluginState[]
}
