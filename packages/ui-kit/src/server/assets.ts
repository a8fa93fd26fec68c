import { readFileSync } from 'node:fs'
import { MonError } from '@mon/core'
import { type Asset, createAsset } from './asset.js'

/** What the build of the browser part tells of itself; all are names of files in `dist/browser`. */
export interface BuildManifest {
  main: string
  styles: string
  /** Chunks that `main` needs before it can run. */
  preload: string[]
  /** Module specifier → file, for the import map. */
  imports: Record<string, string>
  /** All of them; a name carries the hash of its content. */
  files: string[]
}

export interface Assets {
  manifest: BuildManifest
  files: ReadonlyMap<string, Asset>
  favicon: Asset
}

const built = new URL('../../dist/browser/', import.meta.url)

/** Reads the built UI into memory, some 200 kB. */
export function loadAssets(): Assets {
  const manifest: BuildManifest = JSON.parse(read('manifest.json').toString())
  return {
    manifest,
    files: new Map(manifest.files.map((file) => [file, createAsset(file, read(file))])),
    favicon: createAsset('favicon.svg', read('favicon.svg')),
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(new URL(file, built))
  } catch (cause) {
    throw new MonError('PLUGIN_FAILED', `The web UI is not built: ${file} cannot be read.`, {
      hint: 'Run `npm run build -w packages/ui-kit`, or install the published package.',
      cause,
    })
  }
}
