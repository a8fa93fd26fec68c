import type { IncomingHttpHeaders } from 'node:http'
import { MonError } from '../errors.js'
import { hostName, type IsOwnHost } from './host-names.js'

export type Scheme = 'http' | 'https'

/** All of a request that may be looked at before it is known to be meant for us. */
export interface RequestHead {
  method: string
  /** Of the route that was found, otherwise as sent. */
  path: string
  headers: IncomingHttpHeaders
}

/**
 * Refuses what a web page of another site makes a browser send here: under a rebound DNS name
 * (`Host`), or across sites (`Origin`, `Sec-Fetch-Site`). A link from another site to one of our
 * pages is fine. Programs other than browsers send neither header and are not concerned.
 *
 * @param scheme what we speak ourselves
 * @returns HOST_REFUSED, ORIGIN_REFUSED, or null if the request is right
 */
export function checkOrigin(
  request: RequestHead,
  isOwnHost: IsOwnHost,
  scheme: Scheme = 'http',
): MonError | null {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers
  const name = hostName(host)
  if (name === null) return noHost()
  if (!isOwnHost(name)) return wrongHost(name)
  if (origin !== undefined && !isSameOrigin(origin, scheme, host, site)) return wrongOrigin()
  if (isForeign(site) && !isPageVisit(request)) return wrongOrigin()
  return null
}

/**
 * Behind a proxy that ends TLS the page is https and we are not. Browsers tell the two apart
 * for us: they call it same-origin only if the scheme is the same, too.
 */
function isSameOrigin(origin: string, scheme: Scheme, host: string, site: unknown): boolean {
  if (origin === originOf(scheme, host)) return true
  return site === 'same-origin' && origin === originOf('https', host)
}

/** As browsers write it: lower case, without the scheme's own port. */
function originOf(scheme: Scheme, host: string): string | null {
  const url = `${scheme}://${host}`
  return URL.canParse(url) ? new URL(url).origin : null
}

/** Another port of this machine is the same site, and yet another program. */
function isForeign(site: unknown): boolean {
  return site === 'cross-site' || site === 'same-site'
}

function isPageVisit({ method, path, headers }: RequestHead): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers['sec-fetch-mode'] === 'navigate' &&
    !/^\/(api|v1)(\/|$)/.test(path)
  )
}

function noHost(): MonError {
  return new MonError('HOST_REFUSED', 'The request has no valid Host header.')
}

function wrongHost(name: string): MonError {
  return new MonError('HOST_REFUSED', `"${name.slice(0, 253)}" is not a name of this machine.`, {
    hint: 'If it is meant to lead here, add it to `allowed_hosts` in the configuration.',
  })
}

function wrongOrigin(): MonError {
  return new MonError('ORIGIN_REFUSED', 'The request was made by a page of another site.', {
    hint: 'Open the address itself, or call the API from a program instead of a web page.',
  })
}
