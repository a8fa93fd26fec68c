import { createEmitter, type OnChange } from '../emitter.js'
import { remember } from '../remember.js'
import {
  type Locale,
  type MessageKey,
  type MessageValues,
  messageOf,
  translate,
} from './translate.js'

export interface I18n {
  readonly locale: Locale
  t<Key extends MessageKey>(key: Key, ...values: MessageValues<Key>): string
  /** A message with its placeholders unfilled. */
  text(key: MessageKey): string
  setLocale(locale: Locale): void
  onChange: OnChange
}

/** `<html lang>` is the one place where the language is kept; the boot script sets it before first paint. */
export function createI18n(): I18n {
  const { emit, onChange } = createEmitter()
  const root = document.documentElement
  const locale = (): Locale => (root.lang === 'en' ? 'en' : 'zh-CN')

  return {
    get locale() {
      return locale()
    },
    t: (key, ...values) => translate(locale(), key, ...values),
    text: (key) => messageOf(locale(), key),
    setLocale(next) {
      root.lang = next
      remember('mon.locale', next)
      emit()
    },
    onChange,
  }
}
