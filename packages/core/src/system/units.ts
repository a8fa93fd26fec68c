/** Share of `whole` in percent, 0 to 100 with one decimal; null where there is nothing to share. */
export function percent(part: number, whole: number): number | null {
  if (!(whole > 0) || !Number.isFinite(part / whole)) return null
  return Math.round(Math.min(100, Math.max(0, (part / whole) * 100)) * 10) / 10
}

/** Bytes as whole MiB. */
export function mebibytes(bytes: number): number {
  return Math.round(bytes / (1024 * 1024))
}
