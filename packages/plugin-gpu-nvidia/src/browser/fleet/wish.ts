/** What is looked for on the page, as its address says it; texts, for half of a number is none. */
export interface Wish {
  count: string
  /** GB of each card. */
  memory: string
  model: string
  /** Whose processes are listed; null for nobody's. */
  user: string | null
}

export function readWish(search: string): Wish {
  const query = new URLSearchParams(search)
  return {
    count: query.get('count') ?? '1',
    memory: query.get('mem') ?? '',
    model: query.get('model') ?? '',
    user: query.get('user'),
  }
}

/** The query string for a wish: what is as usual is left out. */
export function writeWish({ count, memory, model, user }: Wish): string {
  const query = new URLSearchParams()
  if (count !== '1') query.set('count', count)
  if (memory !== '') query.set('mem', memory)
  if (model !== '') query.set('model', model)
  if (user !== null) query.set('user', user)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** The query of `GET /api/gpus/free`, or which fields are wrong. */
export function queryOf({
  count,
  memory,
  model,
}: Wish): { query: string } | { wrong: WrongFields } {
  const wrong = { count: !isCount(count), memory: memory !== '' && !isMemory(memory) }
  if (wrong.count || wrong.memory) return { wrong }
  const query = new URLSearchParams({ count: String(Number(count)) })
  if (memory !== '') query.set('min_free_mb', String(Number(memory) * 1024))
  if (model.trim() !== '') query.set('model', model.trim().slice(0, 100))
  return { query: query.toString() }
}

export interface WrongFields {
  count: boolean
  memory: boolean
}

function isCount(text: string): boolean {
  const number = Number(text)
  return text.trim() !== '' && Number.isInteger(number) && number >= 1 && number <= 64
}

function isMemory(text: string): boolean {
  const number = Number(text)
  return text.trim() !== '' && number >= 0 && number <= 10_000
}
