import { Readable } from 'node:stream'
import { MonError, type RoutePlugin, type Server, Type } from '@mon/core'
import { csvHeader } from '../reading/csv-rows.js'
import type { Readers } from '../reading/readers.js'
import { fileNameOf } from './file-name.js'
import { fieldsParameter, filterParameters, gpuParameter, toColumns, toFilter } from './query.js'
import { readAhead } from './read-ahead.js'

const CREDITS = 4
/** Each holds about a megabyte while its client does not read. */
const MOST_EXPORTS = 8
/** A client that takes nothing for so long is gone, though its connection stands. */
const STALL_MS = 5 * 60_000

export interface CsvRouteOptions {
  readers: Pick<Readers, 'patient'>
  servers(): Pick<Server, 'id' | 'name'>[]
  /** Of the table, without `gpu_details`. */
  columns: readonly string[]
}

/** `GET /hourly.csv`: all rows of a filter, streamed. */
export function csvRoute({ readers, servers, columns }: CsvRouteOptions): RoutePlugin {
  const values = columns.filter((name) => !['server_id', 'ts'].includes(name))
  let running = 0

  return async (app) => {
    app.get(
      '/hourly.csv',
      {
        // It would read it all and throw it away.
        exposeHeadRoute: false,
        schema: {
          summary: 'The history as a CSV file',
          description:
            'All rows of the filter, in the order of time, as they are read. UTF-8 with a byte ' +
            'order mark. `time` is by the clock of the centre, with its offset, and `ts` is epoch ' +
            'seconds. Texts that a spreadsheet would run as a formula begin with an apostrophe. ' +
            'An answer that breaks off is not whole: the connection ends without the last chunk.',
          tags: ['history'],
          querystring: Type.Object(
            {
              ...filterParameters,
              fields: fieldsParameter,
              gpu: gpuParameter('1: a row for each card, in columns that begin with `card_`'),
              order: Type.Enum(['asc', 'desc'], { default: 'asc', description: 'Of time' }),
            },
            { additionalProperties: false },
          ),
          produces: ['text/csv'],
          response: { 200: Type.Unsafe<Readable>(Type.String()) },
        },
      },
      async ({ query }, reply) => {
        const wanted = toColumns(query.fields, columns)
        const csv = {
          filter: toFilter(query),
          direction: query.order,
          columns: wanted === columns ? values : wanted.filter((name) => values.includes(name)),
          per_card: query.gpu === '1',
        }
        if (running >= MOST_EXPORTS) {
          throw new MonError('TOO_MANY_EXPORTS', `${running} exports run already.`, {
            hint: 'Try again when one of them has ended.',
          })
        }
        running += 1
        const parts = readAhead((after) => readers.patient.call('csv', { ...csv, after }), CREDITS)
        const stream: Readable = Readable.from(
          bytesOf(parts, csvHeader(csv.columns, csv.per_card), () => stream.destroy()),
        )
        stream.once('close', () => {
          running -= 1
        })
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', fileNameOf(csv.filter, servers()))
          .header('cache-control', 'no-store')
          .send(stream)
      },
    )
  }
}

/** The header comes with the first rows: where these cannot be read, the answer is a problem. */
async function* bytesOf(
  parts: AsyncIterable<{ body: Uint8Array }>,
  header: string,
  onStall: () => void,
): AsyncGenerator<Uint8Array> {
  let before = Buffer.from(header)
  for await (const { body } of parts) {
    const timer = setTimeout(onStall, STALL_MS)
    try {
      yield before.length === 0 ? body : Buffer.concat([before, body])
    } finally {
      clearTimeout(timer)
    }
    before = Buffer.alloc(0)
  }
}
