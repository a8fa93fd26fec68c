import { isGpuCollector } from '../../collector-name.js'

interface CollectorHealth {
  ok: boolean
  code?: string
  message?: string
}

/** Why a collector of cards does not work; undefined while all do. */
export function collectorError(
  collectors: Readonly<Record<string, CollectorHealth>> | null | undefined,
): { code: string; message: string } | undefined {
  const failed = Object.entries(collectors ?? {}).find(
    ([name, { ok }]) => isGpuCollector(name) && !ok,
  )
  if (failed === undefined) return undefined
  const [, { code = 'COLLECTOR_FAILED', message = '' }] = failed
  return { code, message }
}
