import { defineConfig } from 'tsup'
import { widgetBuild } from '../../scripts/widget-build.js'

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      // A process of its own, which calls into the driver.
      'nvml-child': 'src/agent/nvml/child.ts',
    },
    format: 'esm',
    target: 'node22',
    tsconfig: '../../tsconfig.base.json',
    dts: { entry: ['src/index.ts'] },
    sourcemap: true,
    clean: ['!gpu-*'],
  },
  widgetBuild(['src/browser/gpu-overview.ts', 'src/browser/gpu-pages.ts']),
])
