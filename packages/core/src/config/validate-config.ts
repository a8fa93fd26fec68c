import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import type { Static, TObject } from 'typebox'
import { isSecretName } from '../secret-text.js'
import { isListenAddress } from './listen.js'
import { maskSecrets } from './secrets.js'

const ajv = addFormats.default(
  new Ajv({ allErrors: true, useDefaults: true, verbose: true, strict: true }),
)
ajv.addFormat('listen-address', isListenAddress)

const formats: Record<string, string> = {
  'listen-address': 'host:port, such as 127.0.0.1:7881',
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: string[] }

/**
 * Checks a section against its schema and fills in the defaults, in place.
 *
 * @param path where the section stands, for the messages
 * @returns the section, or one line for each error, such as `poll_interval_s must be >= 1 (got 0)`;
 * no secret is printed
 */
export function validateConfig<Schema extends TObject>(
  schema: Schema,
  section: unknown,
  path: string,
  fromEnv: ReadonlySet<string>,
): Checked<Static<Schema>> {
  // A key nobody reads is a typing error, unless the schema is open on purpose.
  const validate = ajv.compile<Static<Schema>>({ additionalProperties: false, ...schema })
  if (validate(section)) return { ok: true, value: section }
  const problems = summarise(validate.errors ?? []).map((error) => describe(error, path, fromEnv))
  return { ok: false, problems }
}

/** Of an alternative that fails, ajv reports every branch; one line says it better. */
function summarise(errors: readonly ErrorObject[]): ErrorObject[] {
  const alternatives = errors.filter((error) => error.keyword === 'anyOf')
  return errors.filter(
    (error) =>
      !alternatives.some(
        (outer) => error !== outer && error.schemaPath.startsWith(`${outer.schemaPath}/`),
      ),
  )
}

function describe(error: ErrorObject, root: string, fromEnv: ReadonlySet<string>): string {
  const path = join(root, error.instancePath)
  switch (error.keyword) {
    case 'additionalProperties':
      return `${join(root, `${error.instancePath}/${error.params.additionalProperty}`)} is not a known key (known: ${knownKeys(error)})`
    case 'required':
      return `${join(root, `${error.instancePath}/${error.params.missingProperty}`)} must be set`
    case 'enum':
      return `${path} must be one of ${error.params.allowedValues.join(', ')}${got(error, path, fromEnv)}`
    case 'format':
      return `${path} must be ${formats[error.params.format] ?? `a valid ${error.params.format}`}${got(error, path, fromEnv)}`
    case 'anyOf':
      return `${path} is none of the allowed values${got(error, path, fromEnv)}`
    default:
      return `${path} ${error.message ?? 'is not valid'}${got(error, path, fromEnv)}`
  }
}

function knownKeys(error: ErrorObject): string {
  const keys = Object.keys(error.parentSchema?.properties ?? {})
  return keys.length > 0 ? keys.join(', ') : 'none'
}

function got(error: ErrorObject, path: string, fromEnv: ReadonlySet<string>): string {
  if (error.instancePath.split('/').some(isSecretName) || fromEnv.has(path)) return ''
  const shown = maskSecrets(error.data, fromEnv, path)
  return ` (got ${JSON.stringify(shown)?.slice(0, 100)})`
}

/** `/disks/0/mount` below `plugins.x` is `plugins.x.disks[0].mount`. */
function join(root: string, pointer: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
  return root === '' ? path.replace(/^\./, '') || 'the configuration' : root + path
}
