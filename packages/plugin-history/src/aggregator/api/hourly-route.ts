import { createHash } from 'node:crypto'
import { type RoutePlugin, type Static, Type } from '@mon/core'
import type { PageQuery } from '../reading/page.js'
import type { Readers } from '../reading/readers.js'
import { CardHour } from '../rollup/cards.js'
import type { Changes } from '../store/changes.js'
import { createPageCache, type KnownPage } from './page-cache.js'
import {
  fieldsParameter,
  filterParameters,
  gpuParameter,
  parseCursor,
  toColumns,
  toCursor,
  toFilter,
} from './query.js'

const JSON_TYPE = 'application/json; charset=utf-8'
const CACHE_BYTES = 16 * 1024 * 1024
/** Sorted by a metric, more than so many hours of all servers is work for the patient reader. */
const QUICK_SORT_S = 32 * 86_400

export interface HourlyRouteOptions {
  readers: Readers
  changes: Pick<Changes, 'stamp'>
  /** Of the table, without `gpu_details`. */
  columns: readonly string[]
}

/** `GET /hourly`: rows of the table, page by page. */
export function hourlyRoute({ readers, changes, columns }: HourlyRouteOptions): RoutePlugin {
  const Query = queryOf(columns)
  const cache = createPageCache(CACHE_BYTES)

  async function read(query: PageQuery): Promise<KnownPage> {
    const { filter, order } = query
    const isQuick =
      ['ts', 'server_id'].includes(order.sort) ||
      filter.server_ids.length === 1 ||
      filter.to - filter.from <= QUICK_SORT_S
    const reader = isQuick ? readers.quick : readers.patient
    const { body, total, next } = await reader.call('page', query)
    return { body: bufferOf(body), total, next: next && toCursor(next) }
  }

  return async (app) => {
    app.get(
      '/hourly',
      {
        schema: {
          summary: 'The history, one row for each server and hour',
          description:
            'The running hour is among them, with what it has so far; it is renewed every minute. ' +
            'Unknown values are null, and come last in either order; ties are by ts, then by ' +
            'server_id. `X-Total-Count` tells how many rows the filter has, and ' +
            '`Link: rel="next"` where the next page is, which costs the same at any depth. An ' +
            '`ETag` stays the same as long as no hour of the filter changes.',
          tags: ['history'],
          querystring: Query,
          response: { 200: Type.Unsafe<Buffer>(Type.Array(rowOf(columns))), 304: Type.Null() },
        },
      },
      async ({ query, headers, url }, reply) => {
        const page = toPageQuery(query, columns)
        const stamp = changes.stamp(page.filter.from, page.filter.to)
        const tag = `"${stamp}-${hashOf(page)}"`
        reply.header('etag', tag).header('cache-control', 'private, no-cache')
        if (headers['if-none-match']?.split(/,\s*/).includes(tag)) return reply.code(304).send(null)

        const known = cache.get(tag) ?? (await read(page))
        cache.set(tag, known)
        reply.type(JSON_TYPE).header('x-total-count', known.total)
        if (known.next !== null) reply.header('link', `<${nextUrl(url, known.next)}>; rel="next"`)
        return reply.send(known.body)
      },
    )
  }
}

function queryOf(columns: readonly string[]) {
  return Type.Object(
    {
      ...filterParameters,
      fields: fieldsParameter,
      gpu: gpuParameter('1: with `gpu_details`, what each card did'),
      sort: Type.Enum([...columns], { default: 'ts', description: 'The column to sort by' }),
      order: Type.Enum(['asc', 'desc'], { default: 'desc' }),
      limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
      offset: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 }),
      after: Type.Optional(
        Type.String({ maxLength: 1000, description: 'From the Link header of the page before' }),
      ),
    },
    { additionalProperties: false },
  )
}

function toPageQuery(
  query: Static<ReturnType<typeof queryOf>>,
  known: readonly string[],
): PageQuery {
  const { sort, order: direction, limit, offset, after } = query
  const columns = toColumns(query.fields, known)
  return {
    filter: toFilter(query),
    order: { sort, direction },
    columns: query.gpu === '1' ? [...columns, 'gpu_details'] : columns,
    limit,
    offset,
    after: after === undefined ? null : parseCursor(after),
  }
}

/** What the columns of a row are, for the reader of the API's reference. */
function rowOf(columns: readonly string[]) {
  const value = Type.Union([Type.Number(), Type.Null()])
  return Type.Object({
    ...Object.fromEntries(columns.map((name) => [name, value])),
    server_id: Type.Integer(),
    ts: Type.Integer({ description: 'When the hour began, epoch seconds' }),
    samples: Type.Integer({ description: 'How many readings it is made of' }),
    gpu_details: Type.Optional(Type.Union([Type.Array(CardHour), Type.Null()])),
  })
}

function hashOf(page: PageQuery): string {
  return createHash('sha1').update(JSON.stringify(page)).digest('base64url').slice(0, 16)
}

function nextUrl(url: string, cursor: string): string {
  const next = new URL(url, 'http://localhost')
  next.searchParams.delete('offset')
  next.searchParams.set('after', cursor)
  return next.pathname + next.search
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
