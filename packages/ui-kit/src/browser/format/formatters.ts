import type { Locale } from '../i18n/translate.js'

/** A number and its unit apart, for units are shown smaller; `text` is both, for labels and tooltips. */
export interface Quantity {
  value: string
  unit: string
  text: string
}

/** What a declared metric is measured in. */
export type MetricUnit =
  | 'percent'
  | 'mebibytes'
  | 'bytes_per_second'
  | 'celsius'
  | 'watts'
  | 'seconds'
  | 'count'

/** All through `Intl`. What is unknown (`null`, or not a number) becomes a dash. */
export interface Formatters {
  /** 0–100. Without decimals unless told. */
  percent(value: number | null | undefined, decimals?: number): Quantity
  /** Bytes, to the base of 1024. */
  bytes(value: number | null | undefined): Quantity
  /** Bytes per second, to the base of 1024. */
  rate(value: number | null | undefined): Quantity
  temperature(celsius: number | null | undefined): Quantity
  /** A plain number, with at most two decimals. */
  number(value: number | null | undefined): string
  /** The value of a metric in its unit; a percentage with one decimal. */
  measure(value: number | null | undefined, unit: MetricUnit): Quantity
  /** Seconds, in the largest whole unit: `3 days`. */
  duration(seconds: number | null | undefined): string
  /** `3 hours ago`, from an age in seconds. */
  relative(ageSeconds: number | null | undefined): string
  /** `in 3 hours`, from the seconds that are left; what has passed is `now`. */
  until(secondsLeft: number | null | undefined): string
  /** Time of day of an epoch second, with its date unless it is today. */
  time(epochSeconds: number | null | undefined): string
  /** Date, hour and minute of an epoch second. */
  dateTime(epochSeconds: number | null | undefined): string
}

const unknown: Quantity = { value: '–', unit: '', text: '–' }

/** @param timeZone of the times of day; that of the browser unless given */
export function createFormatters(locale: Locale, timeZone?: string): Formatters {
  const numbers = [0, 1, 2].map(
    (decimals) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      }),
  )
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow' })
  const soon = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' })
  const timeOfDay = new Intl.DateTimeFormat(locale, {
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone })
  const toTheMinute = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  })
  const dateAndTime = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone,
  })

  function quantity(value: number, decimals: number, unit: string, gap = ' '): Quantity {
    const number = (numbers[decimals] ?? numbers[0])?.format(value) ?? String(value)
    return { value: number, unit, text: `${number}${gap}${unit}` }
  }

  function binary(value: number, suffix: string): Quantity {
    const { scaled, unit } = scaleBinary(value)
    return quantity(scaled, unit === 'B' || Math.abs(scaled) >= 99.95 ? 0 : 1, unit + suffix)
  }

  function measure(value: number, unit: MetricUnit): Quantity {
    switch (unit) {
      case 'percent':
        return quantity(value, 1, '%', '')
      case 'mebibytes':
        return binary(value * 1024 ** 2, '')
      case 'bytes_per_second':
        return binary(value, '/s')
      case 'celsius':
        return quantity(value, 0, '°C')
      case 'watts':
        return quantity(value, 0, 'W')
      case 'seconds':
        return quantity(value, Number.isInteger(value) ? 0 : 2, 's')
      case 'count':
        return { value: plain.format(value), unit: '', text: plain.format(value) }
    }
  }

  return {
    percent: (value, decimals = 0) => (known(value) ? quantity(value, decimals, '%', '') : unknown),
    bytes: (value) => (known(value) ? binary(value, '') : unknown),
    rate: (value) => (known(value) ? binary(value, '/s') : unknown),
    temperature: (celsius) => (known(celsius) ? quantity(celsius, 0, '°C') : unknown),
    number: (value) => (known(value) ? plain.format(value) : unknown.text),
    measure: (value, unit) => (known(value) ? measure(value, unit) : unknown),
    duration(seconds) {
      if (!known(seconds)) return unknown.text
      const { count, unit } = largestUnit(seconds)
      return spaceHan(
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
      )
    },
    relative(ageSeconds) {
      if (!known(ageSeconds)) return unknown.text
      const { count, unit } = largestUnit(Math.max(0, ageSeconds))
      return spaceHan(relative.format(-count, unit))
    },
    until(secondsLeft) {
      if (!known(secondsLeft)) return unknown.text
      const left = Math.ceil(secondsLeft)
      if (left <= 0) return soon.format(0, 'second')
      const { count, unit } = largestUnit(left)
      return spaceHan(relative.format(count, unit))
    },
    time(epochSeconds) {
      if (!known(epochSeconds)) return unknown.text
      const date = new Date(epochSeconds * 1000)
      const today = day.format(date) === day.format(new Date())
      return (today ? timeOfDay : dateAndTime).format(date)
    },
    dateTime: (epochSeconds) =>
      known(epochSeconds) ? toTheMinute.format(epochSeconds * 1000) : unknown.text,
  }
}

/** Chinese typography wants a space between Han characters and Latin letters or digits. */
export function spaceHan(text: string): string {
  return text
    .replace(/(\p{Script=Han})([A-Za-z0-9])/gu, '$1 $2')
    .replace(/([A-Za-z0-9])(\p{Script=Han})/gu, '$1 $2')
}

function known(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function scaleBinary(value: number): { scaled: number; unit: string } {
  let scaled = value
  let unit = 'B'
  for (const larger of ['KB', 'MB', 'GB', 'TB', 'PB']) {
    // 1023.95 would be shown as 1,024.0.
    if (Math.abs(scaled) < (unit === 'B' ? 1023.5 : 1023.95)) break
    scaled /= 1024
    unit = larger
  }
  return { scaled, unit }
}

type TimeUnit = 'second' | 'minute' | 'hour' | 'day'

function largestUnit(seconds: number): { count: number; unit: TimeUnit } {
  const units: [TimeUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  for (const [unit, size] of units) {
    if (seconds >= size) return { count: Math.floor(seconds / size), unit }
  }
  return { count: Math.floor(seconds), unit: 'second' }
}
