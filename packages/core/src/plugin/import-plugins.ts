import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { resolve } from 'import-meta-resolve'
import { isMapping } from '../config/mapping.js'
import { MonError, messageOf } from '../errors.js'
import { asPluginError } from './guard-taps.js'
import type { PluginIdentity } from './plugin.js'

/** A package that the configuration names, and that cannot be had. */
export interface UnloadablePlugin {
  /** As written in the configuration. */
  package: string
  error: MonError
}

export interface ImportedPlugins<P> {
  plugins: P[]
  unloadable: UnloadablePlugin[]
}

/**
 * Imports plugin packages as the deployment has them installed: specifiers are resolved
 * from `directory`, so a package comes from the `node_modules` there and `./mine.js` is a file there.
 */
export async function importPlugins<P extends PluginIdentity>(
  specifiers: readonly string[],
  directory: string,
): Promise<ImportedPlugins<P>> {
  const parent = pathToFileURL(join(directory, 'package.json')).href
  const imported: ImportedPlugins<P> = { plugins: [], unloadable: [] }
  for (const specifier of specifiers) {
    try {
      imported.plugins.push(await importPlugin<P>(specifier, parent))
    } catch (error) {
      imported.unloadable.push({ package: specifier, error: asPluginError(error, specifier) })
    }
  }
  return imported
}

async function importPlugin<P extends PluginIdentity>(
  specifier: string,
  parent: string,
): Promise<P> {
  const module: unknown = await import(locate(specifier, parent)).catch((error: unknown) => {
    throw new MonError(
      'PLUGIN_FAILED',
      `Plugin ${specifier} cannot be loaded: ${messageOf(error)}`,
      {
        hint: `Reinstall or update it, or take it out of \`plugins\`.`,
        cause: error,
      },
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
