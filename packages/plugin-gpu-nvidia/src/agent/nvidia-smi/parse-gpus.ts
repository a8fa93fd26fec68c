import type { GpuError } from '../../gpu-info.js'
import { type Card, normaliseBusId, orNull } from '../card.js'
import { throttleReasons } from '../throttle.js'
import { bitsOf, type Cell, numberOf, readCell, textOf } from './cell.js'
import type { Column, SmiField } from './fields.js'

export interface ParsedGpus {
  cards: Card[]
  /** Cards that the driver cannot open, by bus id, such as 0000:02:00.0. */
  unopened: string[]
  /** Lines that are neither: error texts, and rows cut short or without any identity. */
  rest: string[]
}

/**
 * Reads the answer to `--query-gpu --format=csv,noheader,nounits` row by row: a card that
 * fails costs its own row only, whatever the exit status was.
 */
export function parseGpus(output: string, columns: readonly Column[]): ParsedGpus {
  const parsed: ParsedGpus = { cards: [], unopened: [], rest: [] }
  const lines = output.split('\n')
  // Every whole line ends with a newline: what follows the last one was cut off.
  const cutOff = lines.pop()?.trim()
  for (const line of lines.map((line) => line.trim()).filter((line) => line !== '')) {
    const busId = unopenedCard(line)
    const card = parseRow(line, columns)
    if (busId !== null) parsed.unopened.push(busId)
    else if (card !== null) parsed.cards.push(card)
    else parsed.rest.push(line)
  }
  if (cutOff) parsed.rest.push(cutOff)
  return parsed
}

/** `Unable to determine the device handle for GPU0000:02:00.0: Unknown Error`, or `… GPU1: 0000:34:00.0: …`. */
function unopenedCard(line: string): string | null {
  const match =
    /^Unable to determine the device handle for \D*?(?:\d+:\s+)?([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.\d)/i.exec(
      line,
    )
  return match?.[1] === undefined ? null : normaliseBusId(match[1])
}

function parseRow(line: string, columns: readonly Column[]): Card | null {
  const cells = splitRow(line, columns.length)
  if (cells === null) return null
  const row = new Map(columns.map(({ field }, place) => [field, readCell(cells[place] ?? '')]))
  const cellOf = (field: SmiField): Cell => row.get(field) ?? { kind: 'unknown' }
  const number = (field: SmiField) => numberOf(cellOf(field))

  const index = number('index')
  const uuid = uuidOf(cellOf('uuid'))
  const bus_id = normaliseBusId(textOf(cellOf('bus_id')) ?? '')
  // A row that has lost its index can be known by the others, and is found by its bus id.
  if (index === null && uuid === null && bus_id === null) return null
  const errors = sicknesses(row.values())
  return {
    index: index ?? -1,
    name: textOf(cellOf('name')),
    util_pct: number('util_pct'),
    mem_used_mb: believed(number('mem_used_mb'), errors),
    mem_total_mb: believed(number('mem_total_mb'), errors),
    temperature_c: number('temperature_c'),
    uuid,
    bus_id,
    vendor: 'nvidia',
    state: stateFrom(errors),
    errors,
    mem_reserved_mb: believed(number('mem_reserved_mb'), errors),
    memory_kind: number('mem_total_mb') === null ? null : 'dedicated',
    power_w: number('power_w'),
    power_limit_w: number('power_limit_w'),
    fan_pct: number('fan_pct'),
    clocks_mhz: orNull({
      graphics: number('clock_graphics'),
      sm: number('clock_sm'),
      memory: number('clock_memory'),
    }),
    throttle: throttleOf(cellOf('throttle')),
    ecc: orNull({
      corrected: number('ecc_corrected'),
      uncorrected: number('ecc_uncorrected'),
      corrected_total: number('ecc_corrected_total'),
      uncorrected_total: number('ecc_uncorrected_total'),
    }),
    pcie: orNull({
      gen: number('pcie_gen'),
      width: number('pcie_width'),
      gen_max: number('pcie_gen_max'),
      width_max: number('pcie_width_max'),
    }),
    // The instances are listed by another command.
    mig: textOf(cellOf('mig')) === 'Enabled' ? [] : null,
  }
}

/** The last cell takes all commas that are left. */
function splitRow(line: string, count: number): string[] | null {
  const parts = line.split(',')
  if (parts.length < count) return null
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(',')]
}

function uuidOf(cell: Cell): string | null {
  const text = textOf(cell)
  return text !== null && /^GPU-[0-9a-f-]{8,}$/i.test(text) ? text : null
}

function sicknesses(cells: Iterable<Cell>): GpuError[] {
  const found = new Map<string, GpuError>()
  for (const cell of cells) {
    if (cell.kind === 'sick') found.set(cell.error.code, cell.error)
  }
  return [...found.values()]
}

function stateFrom(errors: readonly GpuError[]): Card['state'] {
  if (errors.length === 0) return 'ok'
  return errors.some(({ code }) => code === 'lost') ? 'lost' : 'error'
}

/** A sick card has been seen to report 0 MiB. */
function believed(value: number | null, errors: readonly GpuError[]): number | null {
  return value === 0 && errors.length > 0 ? null : value
}

function throttleOf(cell: Cell): string[] | null {
  const bits = bitsOf(cell)
  return bits === null ? null : throttleReasons(bits)
}
