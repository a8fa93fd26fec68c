import type { Locale } from '../i18n/translate.js'

/** They cost more to make than to use. */
const collators = new Map<Locale, Intl.Collator>()

/** Sorts names as readers of the language do, `gpu-9` before `gpu-10`. */
export function collatorOf(locale: Locale): Intl.Collator {
  const tag = locale === 'zh-CN' ? 'zh-Hans-u-co-pinyin' : locale
  const collator = collators.get(locale) ?? new Intl.Collator(tag, { numeric: true })
  collators.set(locale, collator)
  return collator
}
