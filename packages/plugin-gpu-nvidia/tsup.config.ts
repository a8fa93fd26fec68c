import { defineConfig } from 'tsup'

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
  {
    // lit and the UI kit come through the page's import map.
    entry: ['src/browser/gpu-overview.ts', 'src/browser/gpu-pages.ts'],
    external: [/^lit/, '@mon/ui-kit'],
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: '../../tsconfig.browser.json',
    // Each is a module of its own: only those are served that a widget names.
    splitting: false,
    minify: true,
    loader: { '.css': 'text' },
    clean: false,
  },
])
