/** A server as the stream shows it: what the API answers for it, in one of its two views. */
export type ServerFields = Record<string, unknown>

/**
 * What a reader of `before` must merge to hold `after`: the fields that changed, arrays and
 * objects whole, a vanished one as null. `latest`, the one object that is large, is merged
 * in its turn where the reader has one. Undefined when nothing changed.
 */
export function serverDelta(before: ServerFields, after: ServerFields): ServerFields | undefined {
  const delta = changedFields(before, after, 'latest')
  if (!isObject(before.latest) || !isObject(after.latest)) return delta
  const latest = changedFields(before.latest, after.latest)
  return latest === undefined ? delta : { ...delta, latest }
}

function changedFields(
  before: ServerFields,
  after: ServerFields,
  mergedField?: string,
): ServerFields | undefined {
  let changed: ServerFields | undefined
  let kept = 0
  for (const field of Object.keys(after)) {
    if (Object.hasOwn(before, field)) kept += 1
    const was = before[field] ?? null
    const is = after[field] ?? null
    if (was === is || (field === mergedField && isObject(was) && isObject(is))) continue
    if (isObject(was) && isSame(was, is)) continue
    changed ??= {}
    changed[field] = is
  }
  const fieldsBefore = Object.keys(before)
  // Nearly always: nothing vanished.
  if (kept === fieldsBefore.length) return changed
  for (const field of fieldsBefore) {
    if (Object.hasOwn(after, field) || (before[field] ?? null) === null) continue
    changed ??= {}
    changed[field] = null
  }
  return changed
}

/** Equality of JSON values. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    )
  }
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
