import type { ServerResponse } from 'node:http'

/**
 * What every answer carries. A route may say otherwise with `reply.header()`: a page brings
 * its own policy, a file that never changes may be cached.
 */
export const defaultHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  // `no-referrer` would make browsers send `Origin: null` with the forms of our own pages.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** Sets them below Fastify, so that a hijacked reply (an event stream) has them too. */
export function setDefaultHeaders(response: ServerResponse, requestId: string): void {
  for (const [name, value] of Object.entries(defaultHeaders)) response.setHeader(name, value)
  response.setHeader('x-request-id', requestId)
}
