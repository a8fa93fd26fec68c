import { isSecretName, MASK, maskText } from '../secret-text.js'
import { childPath, isMapping } from './mapping.js'

const variable = /(?<!\$)\$\{[A-Za-z_][A-Za-z0-9_]*\}/g

/** A copy fit to be shown: secrets, passwords in URLs and what came from the environment are masked. */
export function maskSecrets(value: unknown, fromEnv: ReadonlySet<string>, path = ''): unknown {
  if (fromEnv.has(path)) return MASK
  if (Array.isArray(value)) {
    return value.map((item, index) => maskSecrets(item, fromEnv, childPath(path, index)))
  }
  if (typeof value === 'string') return maskText(value)
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretName(key) && item !== null ? MASK : maskSecrets(item, fromEnv, childPath(path, key)),
    ]),
  )
}

/** Whether a secret stands in the text itself, and not in a file or a variable that the text names. */
export function holdsSecret(value: unknown, isSecret = false): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item, isSecret))
  if (isMapping(value)) {
    return Object.entries(value).some(([key, item]) =>
      holdsSecret(item, isSecret || isSecretName(key)),
    )
  }
  if (typeof value === 'string') {
    const own = value.replace(variable, '')
    return isSecret ? own.trim() !== '' : maskText(own) !== own
  }
  return isSecret && typeof value === 'number'
}
