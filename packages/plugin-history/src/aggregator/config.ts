import { type Static, Type } from '@mon/core'

/** What the aggregator's configuration may hold for this plugin. */
export const HistoryConfig = Type.Object({
  retention_days: Type.Integer({
    minimum: 1,
    maximum: 36_500,
    default: 1095,
    description: 'Hours older than this are deleted, days',
  }),
})
export type HistoryConfig = Static<typeof HistoryConfig>
