import { defineConfig } from 'tsup'
import { widgetBuild } from '../../scripts/widget-build.js'

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
  widgetBuild(['src/browser/history-ui.ts']),
])
