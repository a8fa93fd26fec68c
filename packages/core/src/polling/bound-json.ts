/** Longer text is cut. */
export const MAX_TEXT = 4096
/** What lies deeper is null: recursive readers, JSON.stringify among them, would overflow. */
export const MAX_DEPTH = 16

/**
 * JSON from outside, fit to keep and pass on: text and depth are bounded, numbers finite
 * (`1e999` parses as Infinity), and no key is `__proto__`. What is fit already is returned
 * as it is, not copied.
 */
export function boundJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? value.slice(0, MAX_TEXT) : value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return null
  return Array.isArray(value) ? boundArray(value, depth) : boundObject(value, depth)
}

function boundArray(array: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined
  for (const [index, item] of array.entries()) {
    const bounded = boundJson(item, depth + 1)
    if (Object.is(bounded, item)) continue
    copy ??= [...array]
    copy[index] = bounded
  }
  return copy ?? array
}

function boundObject(object: object, depth: number): object {
  let copy: Record<string, unknown> | undefined
  for (const [key, item] of Object.entries(object)) {
    const bounded = boundJson(item, depth + 1)
    if (Object.is(bounded, item) && key !== '__proto__') continue
    // The spread defines own properties; an assignment to `__proto__` would set the prototype.
    copy ??= { ...object }
    if (key === '__proto__') delete copy[key]
    else copy[key] = bounded
  }
  return copy ?? object
}
