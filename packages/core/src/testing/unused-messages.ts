import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The keys that no source below a folder names: as `'open-files.title'`, or by a template that
 * begins like it, such as `` `open-files.state.${state}` ``. Files named `messages`, and tests, do
 * not count.
 *
 * @param keys as the code gives them to `t`
 *
 * @example
 * const keys = Object.keys(messages.en).map((key) => `open-files.${key}`)
 * expect(await unusedMessages(keys, new URL('../src/browser/', import.meta.url))).toEqual([])
 */
export async function unusedMessages(keys: readonly string[], folder: URL): Promise<string[]> {
  const root = fileURLToPath(folder)
  const files = (await readdir(root, { recursive: true })).filter(isSource)
  const sources = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  const code = sources.join('\n')
  const named = new Set([...code.matchAll(/(['"`])([\w.-]+)\1/g)].map(([, , key]) => key))
  const prefixes = [...code.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, prefix = '']) => prefix)
  return keys.filter((key) => !named.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)))
}

/** Catalogues and tests name every key. */
function isSource(file: string): boolean {
  const isCode = ['.ts', '.js'].includes(extname(file))
  return isCode && !/\.(?:test|d)\.|(?:^|[\\/])(?:zh-CN|en|messages)\./.test(file)
}
