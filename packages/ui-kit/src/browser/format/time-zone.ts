import type { Locale } from '../i18n/translate.js'

/** The browser's zone: its offset and its name, `UTC+8, China Time`. */
export function describeTimeZone(locale: Locale, at = new Date(), timeZone?: string): string {
  // Chromium says GMT, Node UTC+0.
  const offset = part('shortOffset').replace('GMT', 'UTC').replace(/[+]0$/, '')
  const name = part('shortGeneric')
  if (/^(GMT|UTC)/.test(name)) return offset
  return offset + (locale === 'en' ? ', ' : ' · ') + name

  function part(timeZoneName: 'shortOffset' | 'shortGeneric'): string {
    const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  }
}
