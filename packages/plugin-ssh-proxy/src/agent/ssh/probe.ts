import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'

/** What came back of a question sent through the tunnel. */
export interface ProbeResult {
  /** silence: nothing in time; refusal: a quick end, or something that is no HTTP. */
  kind: 'answer' | 'refusal' | 'silence'
  ms: number
  /** What it was, where it was no answer. */
  said: string
}

const QUESTION = 'OPTIONS * HTTP/1.0\r\n\r\n'
const ANSWER = /^HTTP\/1\./
const ANSWER_LENGTH = 'HTTP/1.'.length
/** So long may an answer take. */
export const PROBE_LIMIT_MS = 5_000

/**
 * Asks the proxy at the other end of the tunnel. That a local port can be connected to says nothing: ssh accepts
 * while the link is cut and while no proxy runs. Any answer in HTTP will do, an error, too.
 */
export function probe(port: number, signal: AbortSignal): Promise<ProbeResult> {
  const started = performance.now()
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    let said = ''

    function finish(kind: ProbeResult['kind'], what = ''): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      // The first bytes say it all; to wait for the end costs ten times the time.
      socket.destroy()
      resolve({ kind, said: what, ms: Math.round((performance.now() - started) * 10) / 10 })
    }
    const abort = () => finish('silence')
    const timer = setTimeout(
      () => finish('silence', `no answer in ${PROBE_LIMIT_MS / 1000} s`),
      PROBE_LIMIT_MS,
    )
    signal.addEventListener('abort', abort)

    socket.setEncoding('latin1')
    socket.once('connect', () => socket.write(QUESTION))
    socket.on('data', (chunk: string) => {
      said += chunk
      if (said.length < ANSWER_LENGTH) return
      if (ANSWER.test(said)) finish('answer')
      else finish('refusal', 'what answers there is no HTTP proxy')
    })
    socket.once('error', (error) => finish('refusal', error.message))
    socket.once('end', () => finish('refusal', 'the connection is closed at once'))
    if (signal.aborted) abort()
  })
}
