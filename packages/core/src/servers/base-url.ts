import { MonError } from '../errors.js'

/**
 * The one way to write an agent's address: scheme, host and port, without a trailing slash
 * or a default port, so that equal text means equal origin.
 * @throws MonError REQUEST_INVALID
 */
export function normaliseBaseUrl(text: string): string {
  if (!URL.canParse(text)) throw invalid(text)
  const url = new URL(text)
  const isOrigin = url.pathname === '/' && url.search === '' && url.hash === ''
  if (!/^https?:$/.test(url.protocol) || !isOrigin || url.username !== '' || url.password !== '') {
    throw invalid(text)
  }
  return url.origin
}

function invalid(text: string): MonError {
  return new MonError('REQUEST_INVALID', `base_url: "${text}" is not the address of an agent.`, {
    hint: 'Give scheme, host and port, for example http://10.0.0.11:7881.',
  })
}
