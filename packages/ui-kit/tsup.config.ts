import { defineConfig } from 'tsup'
import { fewChunks } from './build/few-chunks.js'
import { litEntries } from './build/lit-entries.js'
import { writeManifest } from './build/write-manifest.js'

/** The oldest browsers with `light-dark()`, on which the tokens stand. */
const browsers = ['chrome123', 'firefox120', 'safari17.5']

export default defineConfig([
  {
    entry: { index: 'src/server/index.ts' },
    outDir: 'dist/server',
    format: 'esm',
    target: 'node22',
    tsconfig: '../../tsconfig.base.json',
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
  },
  {
    // All of lit is built together with the shell, so that shared chunks leave one copy of it.
    entry: {
      main: 'src/browser/main.ts',
      kit: 'src/browser/kit.ts',
      styles: 'src/browser/styles/index.css',
      ...litEntries,
    },
    outDir: 'dist/browser',
    publicDir: 'public',
    format: 'esm',
    platform: 'browser',
    target: browsers,
    tsconfig: '../../tsconfig.browser.json',
    dts: { entry: { kit: 'src/browser/kit.ts' } },
    noExternal: [/./],
    clean: true,
    splitting: true,
    minify: true,
    loader: { '.svg': 'text' },
    esbuildPlugins: [fewChunks(), writeManifest()],
    esbuildOptions(options) {
      options.entryNames = '[name]-[hash]'
      options.chunkNames = '[name]-[hash]'
      options.legalComments = 'none'
    },
  },
])
