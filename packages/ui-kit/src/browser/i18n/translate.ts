import { en } from './en.js'
import { fill } from './fill.js'
import { type MessageKey, zhCN } from './zh-CN.js'

export type Locale = 'zh-CN' | 'en'
export type { MessageKey }

/** The placeholders of a message, e.g. `'age' | 'time'`. Chinese, the source, needs no plurals. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type PlaceholdersOf<Key extends MessageKey> = Placeholders<(typeof zhCN)[Key]>

/** What `t` wants beside the key: nothing, or a value for every placeholder. */
export type MessageValues<Key extends MessageKey> = [PlaceholdersOf<Key>] extends [never]
  ? []
  : [values: Record<PlaceholdersOf<Key>, string | number>]

const catalogues: Record<Locale, Record<MessageKey, string>> = { 'zh-CN': zhCN, en }

export function translate<Key extends MessageKey>(
  locale: Locale,
  key: Key,
  ...[values]: MessageValues<Key>
): string {
  return fill(locale, messageOf(locale, key), values ?? {})
}

/** The message as it is written, placeholders and all. */
export function messageOf(locale: Locale, key: MessageKey): string {
  return catalogues[locale][key]
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(zhCN, key)
}
