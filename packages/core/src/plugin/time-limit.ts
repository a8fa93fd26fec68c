import { MonError } from '../errors.js'

/**
 * Waits for `work`, at most `ms`. What is late is not stopped: its outcome is ignored.
 * @throws MonError PLUGIN_TIMEOUT
 */
export async function withTimeLimit<T>(
  work: Promise<T>,
  ms: number,
  what: string | (() => string),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late(typeof what === 'string' ? what : what(), ms)), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

function late(what: string, ms: number): MonError {
  return new MonError('PLUGIN_TIMEOUT', `${what} did not finish within ${ms / 1000} s.`)
}
