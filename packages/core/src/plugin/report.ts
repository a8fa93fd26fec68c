import { type Static, Type } from 'typebox'

/** What became of one plugin at the start. */
export const PluginState = Type.Object({
  id: Type.String(),
  version: Type.String(),
  state: Type.Union([Type.Literal('ready'), Type.Literal('degraded'), Type.Literal('failed')], {
    description: 'degraded: it runs, without a part that failed; failed: it does not run',
  }),
  ms: Type.Number({ description: 'What its start took, milliseconds' }),
  errors: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
})
export type PluginState = Static<typeof PluginState>
