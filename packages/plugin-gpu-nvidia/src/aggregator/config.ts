import { type Static, Type } from '@mon/core'

const Celsius = Type.Number({ minimum: 0, maximum: 150 })

/** What the aggregator's configuration may hold for this plugin. */
export const AggregatorConfig = Type.Object({
  hot_c: Type.Number({
    ...Celsius,
    default: 80,
    description: 'A card is hot above this temperature, °C',
  }),
  hot_c_by_model: Type.Record(Type.String(), Celsius, {
    default: {},
    description: 'The same for models, by a part of their name, such as `H100: 85`',
  }),
  hot_c_by_card: Type.Record(Type.String(), Celsius, {
    default: {},
    description: 'The same for single cards, by uuid; it wins over the model',
  }),
})
export type AggregatorConfig = Static<typeof AggregatorConfig>
