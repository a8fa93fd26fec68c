/**
 * The value of a `datetime-local` field, `2026-11-16T13:00`, of an epoch second.
 *
 * @param timeZone of the field; that of the browser unless given
 */
export function toLocal(epochSeconds: number, timeZone?: string): string {
  const shifted = new Date((epochSeconds + offsetAt(epochSeconds, timeZone)) * 1000)
  return shifted.toISOString().slice(0, 16)
}

/** The epoch second of such a value; null where it is none. An hour that comes twice is the first. */
export function fromLocal(value: string, timeZone?: string): number | null {
  const asUtc = Date.parse(`${value}Z`) / 1000
  if (!Number.isFinite(asUtc)) return null
  // The offset holds at the time looked for, which is not known before the offset is.
  const guesses = [-86_400, 86_400].map((away) => asUtc - offsetAt(asUtc + away, timeZone))
  const fitting = guesses.filter((guess) => guess + offsetAt(guess, timeZone) === asUtc)
  return Math.min(...(fitting.length > 0 ? fitting : guesses))
}

/** As ISO 8601 with the offset of the zone, `2026-11-16T13:00:00+08:00`. */
export function toIso(epochSeconds: number, timeZone?: string): string {
  const offset = offsetAt(epochSeconds, timeZone)
  const local = new Date((epochSeconds + offset) * 1000).toISOString().slice(0, 19)
  const minutes = Math.abs(Math.round(offset / 60))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Seconds east of Greenwich. */
function offsetAt(epochSeconds: number, timeZone: string | undefined): number {
  const parts = formatOf(timeZone).formatToParts(epochSeconds * 1000)
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const asUtc = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return asUtc / 1000 - Math.floor(epochSeconds)
}

const formats = new Map<string | undefined, Intl.DateTimeFormat>()

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formats.set(timeZone, format)
  return format
}
