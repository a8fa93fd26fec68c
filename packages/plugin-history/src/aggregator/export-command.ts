import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import {
  type AskAggregator,
  aggregatorOptions,
  type Command,
  createGuard,
  findAggregator,
  Type,
} from '@mon/core'

const usage = `Usage: mon history export [--server NAME] [--from TIME] [--to TIME] [--fields NAMES] [--gpu]
                          [--output FILE] [--url URL] [--token-file FILE]

Writes the hourly history as CSV.

  --server NAME      a server, by name or id; repeat it for several; all unless given
  --from TIME        from this hour on; epoch seconds or ISO 8601, such as 2026-03-01T00:00:00Z
  --to TIME          to before this hour
  --fields NAMES     these columns only, separated by commas
  --gpu              a row for each card
  --output FILE      standard output unless given
  --url URL          the aggregator; MON_URL, or http://127.0.0.1:7880
  --token-file FILE  its token, where it wants one; MON_TOKEN_FILE`

const options = {
  server: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
  fields: { type: 'string' },
  gpu: { type: 'boolean', default: false },
  output: { type: 'string', short: 'o' },
  ...aggregatorOptions,
  help: { type: 'boolean', short: 'h' },
} as const

const isFleet = createGuard(Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })))
const isProblem = createGuard(Type.Object({ detail: Type.String() }))

/** `mon history export`: asks the aggregator that runs, and writes what it streams. */
export const exportCommand = {
  name: 'history',
  summary: 'write the history as CSV: mon history export --server gpu-01 --output gpu-01.csv',
  async run(args: string[]) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    if (values.help) return console.log(usage)
    if (positionals.join(' ') !== 'export') throw new Error('Say `mon history export`; see --help.')

    const ask = await findAggregator(values)
    const query = new URLSearchParams()
    for (const id of await idsOf(values.server ?? [], ask)) query.append('server_id', String(id))
    for (const name of ['from', 'to', 'fields'] as const) {
      if (values[name] !== undefined) query.set(name, values[name])
    }
    if (values.gpu) query.set('gpu', '1')
    await save(await getFrom(ask, `/api/history/hourly.csv?${query}`), values.output)
  },
} satisfies Command

async function getFrom(ask: AskAggregator, path: string): Promise<Response> {
  const response = await ask(path)
  if (response.ok) return response
  const problem: unknown = await response.json().catch(() => null)
  const detail = isProblem(problem) ? `: ${problem.detail}` : '.'
  const hint = response.status === 401 ? ' Name its token with --token-file.' : ''
  throw new Error(`${new URL(response.url).origin} answers ${response.status}${detail}${hint}`)
}

async function idsOf(servers: readonly string[], ask: AskAggregator): Promise<number[]> {
  if (servers.length === 0) return []
  const fleet: unknown = await (await getFrom(ask, '/api/servers?view=summary')).json()
  const known = isFleet(fleet) ? fleet : []
  return servers.map((wanted) => {
    const server =
      known.find(({ name }) => name === wanted) ?? known.find(({ id }) => String(id) === wanted)
    if (server !== undefined) return server.id
    const names = known.map(({ name }) => name).slice(0, 20)
    throw new Error(`There is no server "${wanted}". There are: ${names.join(', ')}.`)
  })
}

/** A file that is there is there whole: until then it has another name. */
async function save(response: Response, file: string | undefined): Promise<void> {
  const stream = Readable.from(bytesOf(response))
  if (file === undefined) return pipeline(stream, process.stdout, { end: false })
  const partial = `${file}.partial`
  try {
    await pipeline(stream, createWriteStream(partial))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  for (;;) {
    const read = await reader?.read()
    if (read?.value === undefined) return
    yield read.value
  }
}
