export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where a value stands, as messages print it: `disks[0].mount`. */
export function childPath(path: string, key: string | number): string {
  if (/^\d+$/.test(String(key))) return `${path}[${key}]`
  return path === '' ? String(key) : `${path}.${key}`
}
