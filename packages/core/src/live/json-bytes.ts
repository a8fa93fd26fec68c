import { createTurn } from './turn.js'

const known = new WeakMap<object, Buffer>()
const comma = Buffer.from(',')

/** The JSON of an object that never changes again, made once and kept as long as the object. */
export function jsonBytes(value: object): Buffer {
  let bytes = known.get(value)
  if (bytes === undefined) {
    bytes = Buffer.from(JSON.stringify(value))
    known.set(value, bytes)
  }
  return bytes
}

/**
 * The bytes between the brackets of a JSON array of such objects, in parts. It takes them one by
 * one from `values` and lets other work pass between.
 */
export async function jsonItems(values: Iterable<object>): Promise<Buffer[]> {
  const parts: Buffer[] = []
  const turn = createTurn()
  for (const value of values) {
    if (parts.length > 0) parts.push(comma)
    parts.push(jsonBytes(value))
    if (turn.isOver()) await turn.next()
  }
  return parts
}
