import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'
import type { BuildManifest } from '../src/server/assets.js'
import { entryName, specifiers } from './lit-entries.js'

/** Writes `manifest.json`, by which the server knows the hashed files. */
export function writeManifest(): Plugin {
  return {
    name: 'write-manifest',
    setup(build) {
      const folder = build.initialOptions.outdir ?? '.'
      build.onEnd(({ metafile }) => {
        if (metafile === undefined) return
        const manifest = describe(metafile)
        mkdirSync(folder, { recursive: true })
        writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
        // The name without a hash is what `exports` of package.json can point at.
        writeFileSync(
          join(folder, 'kit.js'),
          `export * from './${manifest.imports['@mon/ui-kit']}'\n`,
        )
      })
    },
  }
}

function describe({ outputs }: Metafile): BuildManifest {
  const files = Object.keys(outputs).map((path) => basename(path))

  function fileOf(entry: string, extension = 'js'): string {
    const pattern = new RegExp(`^${entry}-[A-Z0-9]{8}\\.${extension}$`)
    const file = files.find((name) => pattern.test(name))
    if (file === undefined) throw new Error(`The build has no ${extension} file for "${entry}".`)
    return file
  }

  const main = fileOf('main')
  return {
    main,
    styles: fileOf('styles', 'css'),
    preload: chunksOf(outputs, main),
    imports: Object.fromEntries([
      ['@mon/ui-kit', fileOf('kit')],
      ...specifiers.map((specifier) => [specifier, fileOf(entryName(specifier))]),
    ]),
    files,
  }
}

/** Every chunk that `entry` needs before it can run. */
function chunksOf(outputs: Metafile['outputs'], entry: string): string[] {
  const byName = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]))
  const found = new Set<string>()
  const visit = (name: string): void => {
    for (const { path, kind } of byName.get(name)?.imports ?? []) {
      const chunk = basename(path)
      if (kind !== 'import-statement' || found.has(chunk)) continue
      found.add(chunk)
      visit(chunk)
    }
  }
  visit(entry)
  return [...found]
}
