import { readFile } from 'node:fs/promises'

/** How the user of a command says which aggregator is meant, for `parseArgs`. */
export const aggregatorOptions = {
  url: { type: 'string' },
  'token-file': { type: 'string' },
} as const

/** What was said; without it MON_URL and MON_TOKEN_FILE say it, or it is the one of this machine. */
export interface AggregatorChoice {
  url?: string | undefined
  'token-file'?: string | undefined
}

/** Asks for a path of its API; whatever it answers is an answer. */
export type AskAggregator = (path: string, signal?: AbortSignal) => Promise<Response>

/**
 * For commands that ask an aggregator anywhere, by its address and with its token.
 * What it gives rejects with an Error that says what to do where none can be reached.
 *
 * @example
 * const { values } = parseArgs({ args, options: aggregatorOptions })
 * const ask = await findAggregator(values)
 * const servers = await (await ask('/api/servers')).json()
 */
export async function findAggregator(choice: AggregatorChoice): Promise<AskAggregator> {
  const base = new URL(choice.url ?? process.env.MON_URL ?? 'http://127.0.0.1:7880')
  const file = choice['token-file'] ?? process.env.MON_TOKEN_FILE
  const token = file === undefined ? undefined : (await readFile(file, 'utf8')).trim()
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return (path, signal) =>
    fetch(new URL(path, base), { headers, ...(signal && { signal }) }).catch((error: unknown) => {
      const hint = 'Is the aggregator running? Say where with --url.'
      throw new Error(`${base.origin} cannot be reached: ${reasonOf(error)}. ${hint}`)
    })
}

/** `fetch` says why in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
