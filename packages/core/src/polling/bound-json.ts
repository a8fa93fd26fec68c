import { isObject } from './json.js'

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
  if (Array.isArray(value)) return boundArray(value, depth)
  return isObject(value) ? boundObject(value, depth) : null
}

function boundArray(array: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined
  for (let index = 0; index < array.length; index += 1) {
    const item = array[index]
    const bounded = boundJson(item, depth + 1)
    if (Object.is(bounded, item)) continue
    copy ??= [...array]
    copy[index] = bounded
  }
  return copy ?? array
}

function boundObject(object: Record<string, unknown>, depth: number): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(object)) {
    const item = object[key]
    const bounded = boundJson(item, depth + 1)
    if (Object.is(bounded, item) && key !== '__proto__') continue
    // The spread defines own properties; an assignment to `__proto__` would set the prototype.
    copy ??= { ...object }
    if (key === '__proto__') delete copy[key]
    else copy[key] = bounded
  }
  return copy ?? object
}
