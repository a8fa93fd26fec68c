import { X509Certificate } from 'node:crypto'
import { MonError } from '../errors.js'
import type { Tls } from '../http/tls.js'

/** Whether something answers well at `/healthz` there. A certificate may be anyone's: nothing is told. */
export async function isServed(where: string, isTls: boolean): Promise<boolean> {
  const { get } = isTls ? await import('node:https') : await import('node:http')
  const options = { timeout: 2000, agent: false, ...(isTls && { rejectUnauthorized: false }) }
  const url = `${isTls ? 'https' : 'http'}://${where}/healthz`
  return new Promise((resolve) => {
    const request = get(url, options)
    request.on('response', (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('timeout', () => request.destroy())
    request.on('close', () => resolve(false))
    request.on('error', () => resolve(false))
  })
}

/**
 * Until when the certificate serves.
 * @throws MonError CONFIG_INVALID if it does not any more
 */
export function describeTls({ cert, files }: Tls): string {
  const { validTo } = new X509Certificate(cert)
  if (Date.parse(validTo) > Date.now()) return `the certificate is valid until ${validTo}`
  throw new MonError('CONFIG_INVALID', `tls: ${files.cert_file} has expired on ${validTo}.`, {
    hint: 'Renew it; a running host takes the new one within a minute.',
  })
}
