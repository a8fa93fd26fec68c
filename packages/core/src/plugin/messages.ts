import { type Static, Type } from 'typebox'

const Catalogue = Type.Record(Type.String(), Type.String())

/** What a plugin says in the web UI: key → text, the same keys in both languages. */
export const Messages = Type.Object({ 'zh-CN': Catalogue, en: Catalogue })
export type Messages = Static<typeof Messages>

/**
 * What is wrong with a catalogue, each as one line: a key that one language lacks, an empty text,
 * placeholders that are not the same in both.
 *
 * A text may have placeholders `{name}` and plurals
 * `{count, plural, one {# file} other {# files}}`.
 *
 * @example
 * expect(messageProblems(openFilesMessages)).toEqual([])
 */
export function messageProblems({ 'zh-CN': chinese, en: english }: Messages): string[] {
  const keys = new Set([...Object.keys(chinese), ...Object.keys(english)])
  return [...keys].flatMap((key) => {
    const texts = [own(chinese, key), own(english, key)] as const
    if (texts[0] === undefined) return [`"${key}" is missing in zh-CN.`]
    if (texts[1] === undefined) return [`"${key}" is missing in en.`]
    if (texts.some((text) => text?.trim() === '')) return [`"${key}" is empty.`]
    const [ours, theirs] = [placeholdersOf(texts[0]), placeholdersOf(texts[1])]
    if (ours === theirs) return []
    return [`"${key}" has the placeholders (${ours}) in zh-CN, but (${theirs}) in en.`]
  })
}

/** The names that a text wants filled, sorted. */
function placeholdersOf(text: string): string {
  const names = [...text.matchAll(/\{(\w+)(?:\}|, plural,)/g)].map(([, name]) => name)
  return [...new Set(names)].sort().join(', ')
}

function own(catalogue: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
}
