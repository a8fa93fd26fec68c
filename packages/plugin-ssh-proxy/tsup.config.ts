import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node22',
    tsconfig: '../../tsconfig.base.json',
    dts: true,
    sourcemap: true,
    clean: ['dist/*', '!dist/ssh-proxy-*'],
  },
  {
    // lit and the UI kit come through the page's import map.
    entry: ['src/browser/ssh-proxy-overview.ts', 'src/browser/ssh-proxy-pages.ts'],
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
