import type { GpuError } from '../../gpu-info.js'

/** What one cell of nvidia-smi's output says. */
export type Cell =
  | { kind: 'value'; text: string }
  | { kind: 'unknown' }
  /** Not about this field: the card itself is sick. */
  | { kind: 'sick'; error: GpuError }

const unknown =
  /^(?:|\[?N\/A\]?|\[?Not (?:Supported|Found|Available)\]?|\[(?:Insufficient Permissions|Function Not Found|Requested functionality has been deprecated)\])$/i

const sick: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/^\[?GPU is lost\]?$/i, 'lost'],
  [/^\[?GPU requires reset\]?$/i, 'reset_required'],
  [/^\[?Unknown Error\]?$/i, 'unknown_error'],
  [/^ERR!$/i, 'unknown_error'],
]

export function readCell(raw: string): Cell {
  const text = raw.trim()
  if (unknown.test(text)) return { kind: 'unknown' }
  const code = sick.find(([pattern]) => pattern.test(text))?.[1]
  if (code === undefined) return { kind: 'value', text }
  return { kind: 'sick', error: { code, message: `nvidia-smi says ${text}` } }
}

/** A number, with or without its unit; anything else is unknown. */
export function numberOf(cell: Cell): number | null {
  if (cell.kind !== 'value') return null
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:%|MiB|W|MHz)?$/.exec(cell.text)
  return match === null ? null : Number(match[1])
}

export function textOf(cell: Cell): string | null {
  return cell.kind === 'value' ? cell.text : null
}

/** A bit mask such as `0x0000000000000004`. */
export function bitsOf(cell: Cell): bigint | null {
  return cell.kind === 'value' && /^0x[0-9a-f]{1,16}$/i.test(cell.text) ? BigInt(cell.text) : null
}
