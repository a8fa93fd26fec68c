import type { Socket } from 'node:net'
import { MonError } from '../errors.js'
import { defaultHeaders } from './headers.js'
import { PROBLEM_TYPE, problemOf } from './problem.js'

/** Answers what never became a request, for there is no reply object yet: bytes that are not HTTP. */
export function answerClientError(
  error: Error & { code?: string },
  socket: Socket,
  requestId: string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = problemOf(asMonError(error.code), requestId)
  const body = JSON.stringify(problem)
  const headers = {
    ...defaultHeaders,
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    connection: 'close',
  }
  const head = [
    `HTTP/1.1 ${problem.status} ${reasons[problem.status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

// Not `STATUS_CODES`: whoever imports node:http makes all that it exports, WebSocket and fetch
// among it, which is 6 MB of memory that an agent has no use for.
const reasons: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

function asMonError(code: string | undefined): MonError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new MonError('REQUEST_TIMEOUT', 'The request did not arrive in time.')
    case 'HPE_HEADER_OVERFLOW':
      return new MonError('HEADERS_TOO_LARGE', 'Address and headers are over 16 KiB together.')
    default:
      return new MonError('REQUEST_INVALID', 'This is not an HTTP request.')
  }
}
