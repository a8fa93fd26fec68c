import type { MetricFamily } from './exposition.js'

export interface ReadFamily extends MetricFamily {
  name: string
  samples: { name: string; labels: Record<string, string>; value: number }[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\n"])*"'

const helpLine = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\\\n]|\\\\[\\\\n])*)$`)
const typeLine = new RegExp(`^# TYPE (${NAME}) (gauge|counter|histogram)$`)
const sampleLine = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
)
const label = new RegExp(LABEL, 'g')

/**
 * Reads the text format as strictly as its description, for tests.
 * @throws Error with the first line that is not as it should be
 */
export function readExposition(text: string): ReadFamily[] {
  const families: ReadFamily[] = []
  for (const line of text.split('\n').slice(0, -1)) readLine(line, families)
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end.')
  const names = families.map(({ name }) => name)
  if (new Set(names).size < names.length) throw new Error(`A family comes twice: ${names}`)
  return families
}

function readLine(line: string, families: ReadFamily[]): void {
  const [, described, help] = helpLine.exec(line) ?? []
  if (described !== undefined && help !== undefined) {
    families.push({ name: described, help: unescapeText(help), type: 'gauge', samples: [] })
    return
  }
  const family = families.at(-1)
  const [, typed, type] = typeLine.exec(line) ?? []
  if (family !== undefined && typed === family.name && family.samples.length === 0) {
    family.type = type === 'counter' || type === 'histogram' ? type : 'gauge'
    return
  }
  const [, name, labels = '', value] = sampleLine.exec(line) ?? []
  if (family === undefined || !name?.startsWith(family.name)) throw new Error(`Not valid: ${line}`)
  family.samples.push({ name, labels: readLabels(labels), value: Number(value) })
}

function readLabels(text: string): Record<string, string> {
  const pairs = (text.match(label) ?? []).map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), unescapeText(pair.slice(at + 2, -1))] as const
  })
  return Object.fromEntries(pairs)
}

function unescapeText(text: string): string {
  return text.replace(/\\([\\n"])/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped))
}
