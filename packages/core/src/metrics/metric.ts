import { type Static, Type } from 'typebox'

export const LocalisedText = Type.Object({ en: Type.String(), 'zh-CN': Type.String() })
export type LocalisedText = Static<typeof LocalisedText>

/**
 * One declaration from which the live series, the history columns, the chart, the CSV
 * header and the Prometheus series follow.
 *
 * @example
 * { name: 'open_files', unit: 'count', label: { en: 'Open files', 'zh-CN': '打开的文件' }, hourly: ['avg', 'max'] }
 */
export const Metric = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9_]{0,55}$',
      description:
        'Stem of the history columns: `name_avg`, `name_max`, `name_min`; `last` gives the bare name',
    }),
    field: Type.Optional(
      Type.String({ description: 'The field of LatestSnapshot it reads; `name` unless given' }),
    ),
    unit: Type.Union([
      Type.Literal('percent'),
      Type.Literal('mebibytes'),
      Type.Literal('bytes_per_second'),
      Type.Literal('celsius'),
      Type.Literal('watts'),
      Type.Literal('seconds'),
      Type.Literal('count'),
    ]),
    label: LocalisedText,
    hourly: Type.Array(
      Type.Union([
        Type.Literal('avg'),
        Type.Literal('max'),
        Type.Literal('min'),
        Type.Literal('last'),
      ]),
      { uniqueItems: true },
    ),
  },
  { additionalProperties: false },
)
export type Metric = Static<typeof Metric>
