import { open } from 'node:fs/promises'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { MonError, messageOf } from '../errors.js'
import { isMapping } from './mapping.js'
import { refuseOpenFile } from './secret-file.js'
import { holdsSecret } from './secrets.js'

/** A configuration as read, before it is validated. */
export type RawConfig = Record<string, unknown>

/** A file may hold both sides, each below its own key. */
export type Side = 'agent' | 'aggregator'

/**
 * Reads a YAML (or JSON) configuration file. It is validated by `createAgent` or
 * `createAggregator`, which know the schemas of all plugins.
 *
 * @param side takes the section of that name, where the file has sections; one left out is empty
 * @throws MonError CONFIG_UNREADABLE with the line, if the file is missing or not YAML;
 * SECRET_TOO_OPEN if it holds a secret and others may read it (POSIX)
 *
 * @example
 * const agent = await createAgent({ config: await loadConfig('agent.yaml'), plugins: [] })
 */
export async function loadConfig(file: string, side?: Side): Promise<RawConfig> {
  const { text, mode } = await readText(file)
  const values = parseConfig(text, file)
  if (holdsSecret(values)) refuseOpenFile(file, mode, 'The configuration, which holds a secret')
  const hasSections = 'agent' in values || 'aggregator' in values
  if (side === undefined || !hasSections) return values
  return asMapping(values[side], `${file}: ${side}`)
}

function parseConfig(text: string, file: string): RawConfig {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new MonError('CONFIG_UNREADABLE', `${file}:${line}:${col}: ${withoutText(error)}`)
  }
  return asMapping(valuesOf(document, file), file)
}

/** An alias (`*name`) is looked up only here. */
function valuesOf(document: Document, file: string): unknown {
  try {
    return document.toJS()
  } catch (error) {
    throw new MonError('CONFIG_UNREADABLE', `${file}: ${withoutText(error)}`, {
      hint: 'Put a value that begins with * in quotes.',
      cause: error,
    })
  }
}

/** What the parser says after a colon is the text itself, which may be a secret. */
function withoutText(error: unknown): string {
  const [what = ''] = messageOf(error).split(': ')
  return what
}

function asMapping(value: unknown, where: string): RawConfig {
  if (value === null || value === undefined) return {}
  if (isMapping(value)) return value
  throw new MonError('CONFIG_UNREADABLE', `${where} must be a mapping of keys to values.`)
}

async function readText(file: string): Promise<{ text: string; mode: number }> {
  try {
    const handle = await open(file, 'r')
    try {
      const { mode } = await handle.stat()
      return { text: await handle.readFile('utf8'), mode }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new MonError('CONFIG_UNREADABLE', `${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Name the configuration file with --config FILE.',
      cause: error,
    })
  }
}
