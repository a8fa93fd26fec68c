import type { SqlValue } from '@mon/core'

/** Rows as a JSON array of objects, in UTF-8. The text of `gpu_details` is JSON already. */
export function rowsAsJson(
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Uint8Array {
  const keys = columns.map((name, place) => `${place === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const isJson = columns.map((name) => name === 'gpu_details')
  let text = '['
  let comma = ''
  for (const row of rows) {
    text += comma
    comma = ',\n'
    for (let place = 0; place < keys.length; place += 1) {
      const value = row[place] ?? null
      text += keys[place] + (isJson[place] ? String(value) : valueAsJson(value))
    }
    text += '}'
  }
  return Buffer.from(`${text}]\n`)
}

function valueAsJson(value: SqlValue): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'bigint' ? String(value) : 'null'
}
