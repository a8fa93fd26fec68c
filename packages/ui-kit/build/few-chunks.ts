import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { litEntries } from './lit-entries.js'

const shell = fileURLToPath(new URL('../src/browser/main.ts', import.meta.url))
const shellFolder = fileURLToPath(new URL('../src/browser/shell/', import.meta.url))

/**
 * Keeps what the shell needs in a handful of files. esbuild makes a chunk for every combination of
 * entries that share a module, and the first page would wait for forty of them. So every entry
 * needs all of lit, and what the shell imports when it is wanted, such as a page, needs the shell.
 */
export function fewChunks(): Plugin {
  return {
    name: 'few-chunks',
    setup(build) {
      build.onResolve({ filter: /\.[jt]s$/ }, ({ kind, path, importer, resolveDir }) => {
        const needs = needsOf(kind, importer)
        if (needs === undefined) return undefined
        const file = isAbsolute(path) ? path : join(resolveDir, path.replace(/\.js$/, '.ts'))
        return { path: file, namespace: 'needing', pluginData: needs }
      })
      build.onLoad({ filter: /./, namespace: 'needing' }, ({ path, pluginData: needs }) => ({
        contents: `import '${needs}'\nexport * from '${path}'`,
        resolveDir: import.meta.dirname,
      }))

      build.onResolve({ filter: /^all-of-lit$/ }, ({ path }) => ({ path, namespace: path }))
      build.onLoad({ filter: /./, namespace: 'all-of-lit' }, () => ({
        contents: Object.values(litEntries)
          .map((file) => `import '${file}'`)
          .join('\n'),
        resolveDir: import.meta.dirname,
      }))
      // lit calls itself free of side effects, so without this nothing would be left of the imports.
      build.onResolve({ filter: /./, namespace: 'all-of-lit' }, ({ path }) => ({
        path,
        sideEffects: true,
      }))
    },
  }
}

function needsOf(kind: string, importer: string): string | undefined {
  if (kind === 'entry-point') return 'all-of-lit'
  return kind === 'dynamic-import' && importer.startsWith(shellFolder) ? shell : undefined
}
