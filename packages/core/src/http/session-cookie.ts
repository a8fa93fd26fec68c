/**
 * Over HTTPS the name has the prefix by which a browser takes the cookie only from this very
 * host, and only encrypted.
 */
export function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-mon_session' : 'mon_session'
}

/** @returns the session's id from a `Cookie` header; null if it has none */
export function readSessionCookie(header: string | undefined, isSecure: boolean): string | null {
  const start = `${cookieName(isSecure)}=`
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) ?? null
}

/** Value of `Set-Cookie`; 0 seconds remove the cookie. */
export function sessionCookie(id: string, maxAgeS: number, isSecure: boolean): string {
  const pair = `${cookieName(isSecure)}=${id}`
  const secure = isSecure ? '; Secure' : ''
  return `${pair}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`
}
