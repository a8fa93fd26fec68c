import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { resolve } from 'import-meta-resolve'
import { isMapping } from '../config/load-config.js'
import { joinErrors, MonError, messageOf } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import type { PluginIdentity } from './plugin.js'

/**
 * Imports plugin packages as the deployment has them installed: specifiers are resolved
 * from `directory`, so a package comes from the `node_modules` there and `./mine.js` is a file there.
 * @throws MonError that lists every one that cannot be had
 */
export async function importPlugins<P extends PluginIdentity>(
  specifiers: readonly string[],
  directory: string,
): Promise<P[]> {
  const parent = pathToFileURL(join(directory, 'package.json')).href
  const outcomes = await Promise.allSettled(
    specifiers.map((specifier) => importPlugin<P>(specifier, parent)),
  )
  const [first, ...others] = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? asPluginError(outcome.reason, 'A plugin') : [],
  )
  if (first !== undefined) throw joinErrors([first, ...others])
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
}

async function importPlugin<P extends PluginIdentity>(
  specifier: string,
  parent: string,
): Promise<P> {
  const module: unknown = await import(locate(specifier, parent)).catch((error: unknown) => {
    throw new MonError(
      'PLUGIN_FAILED',
      `Plugin ${specifier} cannot be loaded: ${messageOf(error)}`,
      { cause: error },
    )
  })
  const plugin = isMapping(module) ? module.default : undefined
  if (isPlugin<P>(plugin)) return { ...plugin, package: specifier }
  throw new MonError('PLUGIN_INVALID', `${specifier} has no plugin as its default export.`, {
    hint: 'A plugin package ends with `export default definePlugin({ … })`.',
  })
}

function locate(specifier: string, parent: string): string {
  try {
    return resolve(specifier, parent)
  } catch (error) {
    throw new MonError('PLUGIN_NOT_FOUND', `Plugin ${specifier} is not installed here.`, {
      hint: `Run \`npm install ${specifier}\` in the directory you start from, or take it out of \`plugins\`.`,
      cause: error,
    })
  }
}

function isPlugin<P extends PluginIdentity>(value: unknown): value is P {
  return (
    isMapping(value) &&
    typeof value.id === 'string' &&
    typeof value.version === 'string' &&
    typeof value.api === 'string' &&
    isSide(value.agent) &&
    isSide(value.aggregator)
  )
}

function isSide(value: unknown): boolean {
  if (value === undefined) return true
  return isMapping(value) && (value.load === undefined || typeof value.load === 'function')
}
