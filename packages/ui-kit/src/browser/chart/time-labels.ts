/**
 * Labels of a time axis: times of day, and at midnight the date; dates alone where days lie between
 * them, seconds where less than a minute does.
 */
export function timeLabels(
  splits: readonly number[],
  locale: string,
  timeZone: string | undefined,
): string[] {
  const [first = 0, second = first + 3600] = splits
  const format = formatOf(kindOf(second - first), locale, timeZone)
  const date = formatOf('date', locale, timeZone)
  return splits.map((at) => {
    const label = format.format(at * 1000)
    return /^0?0:00(:00)?$/.test(label) ? date.format(at * 1000) : label
  })
}

const kinds = {
  date: { month: 'numeric', day: 'numeric' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

function kindOf(step: number): keyof typeof kinds {
  if (step < 60) return 'second'
  return step < 86_400 ? 'minute' : 'date'
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(
  kind: keyof typeof kinds,
  locale: string,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const key = `${kind} ${locale} ${timeZone}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...kinds[kind], timeZone })
  formats.set(key, format)
  return format
}
