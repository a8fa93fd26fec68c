/**
 * Milliseconds before the `attempt`th reconnection (from 1): 1 s, doubling up to 15 s, give or
 * take a fifth so that all browsers of a restarted aggregator do not come at once.
 *
 * @param random 0 up to 1
 */
export function reconnectDelay(attempt: number, random: number): number {
  const delay = Math.min(15_000, 1000 * 2 ** (attempt - 1))
  return Math.round(delay * (0.8 + 0.4 * random))
}
