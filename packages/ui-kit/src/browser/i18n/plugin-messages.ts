import { fill } from './fill.js'
import { isMessageKey, type Locale, messageOf } from './translate.js'

/** What plugins say: plugin → language → key → text. */
export type PluginMessages = Map<string, Record<Locale, Record<string, string>>>

/**
 * A message as a plugin asks for it: `open-files.title` is its own, `common.retry` the shell's.
 * A key that nobody knows comes back as it is, and is told on the console for the plugin's author.
 */
export function translateFor(
  messages: PluginMessages,
  plugin: string,
  locale: Locale,
  key: string,
  values: object,
): string {
  const own = messages.get(plugin)?.[locale]
  const ownKey = key.startsWith(`${plugin}.`) ? key.slice(plugin.length + 1) : key
  if (own !== undefined && ownKey !== key && Object.hasOwn(own, ownKey)) {
    return fill(locale, own[ownKey] ?? key, values)
  }
  if (isMessageKey(key)) return fill(locale, messageOf(locale, key), values)
  reportOnce(`Plugin "${plugin}" has no message "${key}" in ${locale}.`)
  return key
}

const reported = new Set<string>()

function reportOnce(text: string): void {
  if (reported.has(text)) return
  reported.add(text)
  console.warn(text)
}
