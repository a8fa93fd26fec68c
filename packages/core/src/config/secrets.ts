import { isMapping } from './mapping.js'

/** Keys whose values are secrets. A `token_file` names a file and is none. */
const secretKey =
  /(tokens?|passwords?|passphrases?|secrets?|(private|api|access)_?keys?|credentials?)$/i

const variable = /(?<!\$)\$\{[A-Za-z_][A-Za-z0-9_]*\}/g

const MASK = '***'

export function isSecretKey(key: string): boolean {
  return secretKey.test(key)
}

/** A copy fit to be shown: secrets and what came from the environment are masked. */
export function maskSecrets(value: unknown, fromEnv: ReadonlySet<string>, path = ''): unknown {
  if (fromEnv.has(path)) return MASK
  if (Array.isArray(value)) {
    return value.map((item, index) => maskSecrets(item, fromEnv, `${path}[${index}]`))
  }
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isSecretKey(key) && item !== null
        ? MASK
        : maskSecrets(item, fromEnv, path === '' ? key : `${path}.${key}`),
    ]),
  )
}

/** Whether a secret stands in the text itself, and not in a file or a variable that the text names. */
export function holdsSecret(value: unknown, isSecret = false): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item, isSecret))
  if (isMapping(value)) {
    return Object.entries(value).some(([key, item]) =>
      holdsSecret(item, isSecret || isSecretKey(key)),
    )
  }
  if (typeof value === 'string') return isSecret && value.replace(variable, '').trim() !== ''
  return isSecret && typeof value === 'number'
}
