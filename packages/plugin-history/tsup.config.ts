import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      // Runs in a thread of its own.
      reader: 'src/aggregator/reading/reader.ts',
    },
    format: 'esm',
    target: 'node22',
    tsconfig: '../../tsconfig.base.json',
    dts: { entry: ['src/index.ts'] },
    sourcemap: true,
    clean: ['!history-ui.js'],
  },
  {
    // lit and the UI kit come through the page's import map.
    entry: ['src/browser/history-ui.ts'],
    external: [/^lit/, '@mon/ui-kit'],
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: '../../tsconfig.browser.json',
    minify: true,
    loader: { '.css': 'text' },
    clean: false,
  },
])
