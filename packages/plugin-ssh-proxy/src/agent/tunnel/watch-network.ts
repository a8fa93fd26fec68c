import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const INTERVAL_MS = 2_000
const CONNECT_LIMIT_MS = 1_800
/** The first look comes when the shortest wait is over. */
const FIRST_MS = 1_150

/**
 * Looks every 2 s whether the centre's ssh port can be reached, until it is told to leave off: so a long back-off
 * ends as soon as the network is back. A new connection is tried each time, for the kernel repeats the
 * packets of one that hangs less and less often.
 */
export async function watchNetwork(
  { host, port }: { host: string; port: number },
  onReachable: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await sleep(jitter(FIRST_MS), undefined, { signal })
    while (!signal.aborted) {
      const next_ms = performance.now() + jitter(INTERVAL_MS)
      if (await canConnect(host, port, signal)) onReachable()
      await sleep(Math.max(0, next_ms - performance.now()), undefined, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function canConnect(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  // One that hangs is waited for: each keeps a thread of the agent busy.
  const addresses = await lookup(host, { all: true }).catch(() => [])
  for (const { address } of addresses.slice(0, 2)) {
    if (signal.aborted) return false
    if (await connects(address, port, signal)) return true
  }
  return false
}

function connects(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const finish = (isConnected: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      socket.destroy()
      resolve(isConnected)
    }
    const abort = () => finish(false)
    const timer = setTimeout(finish, CONNECT_LIMIT_MS, false)
    signal.addEventListener('abort', abort)
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

function jitter(ms: number): number {
  return ms * (0.9 + 0.2 * Math.random())
}
