/** The media type of the Prometheus text format that is written here. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** All samples of one name: what they are, beside their values. */
export interface MetricFamily {
  type: 'gauge' | 'counter' | 'histogram'
  help: string
}

/**
 * One value with its labels, as `formatLabels` wrote them. An unknown value is left out: to
 * Prometheus a series that is not there is the gap that it is.
 */
export interface Sample {
  labels: string
  value: number | null | undefined
  /** For the parts of a histogram: `_bucket`, `_sum`, `_count`. */
  suffix?: string
}

/** What is written at once, about. */
export const PIECE_LENGTH = 64 * 1024

/**
 * A family as text, or nothing where no sample has a value. It comes in pieces, for that of
 * thousands of servers takes a while, and other work waits.
 *
 * @example
 * yield* formatFamily('mon_server_up', { type: 'gauge', help: 'Answers' }, [
 *   { labels: formatLabels({ server: 'gpu-01' }), value: 1 },
 * ])
 */
export function* formatFamily(
  name: string,
  { type, help }: MetricFamily,
  samples: Iterable<Sample>,
): Generator<string> {
  const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`
  let piece = head
  for (const { labels, value, suffix = '' } of samples) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue
    piece += `${name}${suffix}${labels} ${value}\n`
    if (piece.length >= PIECE_LENGTH) {
      yield piece
      piece = ''
    }
  }
  if (piece !== head && piece !== '') yield piece
}

/** `{server="gpu-01",server_id="1"}` */
export function formatLabels(labels: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escapeLabelValue(String(value))}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Both sets of labels, neither of them empty, as one. */
export function joinLabels(labels: string, others: string): string {
  return `${labels.slice(0, -1)},${others.slice(1)}`
}

function escapeHelp(text: string): string {
  return text.toWellFormed().replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

function escapeLabelValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"')
}
