import { parseArgs } from 'node:util'
import {
  type AskAggregator,
  aggregatorOptions,
  type Command,
  createGuard,
  findAggregator,
  Type,
} from '@mon/core'
import { FreeCards } from './find-free.js'

const usage = `Usage: mon free [--gpus N] [--mem GIB] [--model TEXT] [--url URL] [--token-file FILE]

Finds servers with N free GPUs of at least so much free memory each, best first.

  --gpus N           cards of one server; 1 unless given
  --mem GIB          free memory of each, GiB; without it, cards that nobody uses
  --model TEXT       a part of the model's name, such as H100
  --url URL          the aggregator; MON_URL, or http://127.0.0.1:7880
  --token-file FILE  its token, where it wants one; MON_TOKEN_FILE`

const options = {
  gpus: { type: 'string', default: '1' },
  mem: { type: 'string' },
  model: { type: 'string' },
  ...aggregatorOptions,
  help: { type: 'boolean', short: 'h' },
} as const

const isAnswer = createGuard(Type.Array(FreeCards))

/** `mon free`: asks the aggregator that runs, and prints a table. */
export const freeCommand = {
  name: 'free',
  summary: 'find free GPUs: mon free --gpus 2 --mem 40',
  async run(args) {
    const { values } = parseArgs({ args, options })
    if (values.help) return console.log(usage)
    const path = pathOf(values)
    const found = await findFree(await findAggregator(values), path)
    if (found.length > 0) for (const line of table(found)) console.log(line)
    else {
      console.log('No server has that many free GPUs now.')
      process.exitCode = 1
    }
  },
} satisfies Command

function pathOf(values: { gpus: string; mem?: string; model?: string }): string {
  const query = new URLSearchParams({ count: String(numberOf('--gpus', values.gpus)) })
  if (values.mem !== undefined) {
    query.set('min_free_mb', String(numberOf('--mem', values.mem) * 1024))
  }
  if (values.model !== undefined) query.set('model', values.model)
  return `/api/gpus/free?${query}`
}

function numberOf(option: string, text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number
  throw new Error(`${option} wants a number, not "${text}". See \`mon free --help\`.`)
}

async function findFree(ask: AskAggregator, path: string): Promise<FreeCards[]> {
  const response = await ask(path, AbortSignal.timeout(10_000))
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && isAnswer(answer)) return answer
  const { origin } = new URL(response.url)
  const hint = response.status === 401 ? ' Name its token with --token-file.' : ''
  throw new Error(`${origin} answers ${response.status} ${response.statusText}.${hint}`)
}

/** The line to copy comes last in each row. */
export function table(found: readonly FreeCards[]): string[] {
  const rows = [
    ['SERVER', 'GPU', 'FREE EACH', ''],
    ...found.map(({ server, name, free_mb, indexes, environment }) => [
      server,
      `${indexes.length} × ${name ?? 'unknown'}`,
      `${(free_mb / 1024).toFixed(1)} GiB`,
      environment,
    ]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
