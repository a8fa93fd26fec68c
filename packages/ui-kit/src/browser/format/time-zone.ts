import type { Locale } from '../i18n/translate.js'

/** A zone, the browser's unless given: its offset and its name, `UTC+8, China Time`. */
export function describeTimeZone(locale: Locale, at = new Date(), timeZone?: string): string {
  const offset = offsetOf(locale, at, timeZone)
  const name = part('shortGeneric', locale, at, timeZone)
  if (/^(GMT|UTC)/.test(name)) return offset
  return offset + (locale === 'en' ? ', ' : ' · ') + name
}

/** `UTC+8`, at that time. */
export function offsetOf(locale: Locale, at: Date, timeZone?: string): string {
  // Chromium says GMT, Node UTC+0.
  return part('shortOffset', locale, at, timeZone).replace('GMT', 'UTC').replace(/[+]0$/, '')
}

function part(
  timeZoneName: 'shortOffset' | 'shortGeneric',
  locale: Locale,
  at: Date,
  timeZone: string | undefined,
): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
