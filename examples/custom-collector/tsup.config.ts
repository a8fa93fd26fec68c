import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'node22',
    tsconfig: '../../tsconfig.base.json',
    dts: true,
    clean: ['dist/*.js', 'dist/*.d.ts'],
  },
  {
    // A widget is one ES module for the browser. lit and the UI kit stay external: they come
    // through the page's import map.
    entry: [
      'src/browser/open-files-line.ts',
      'src/browser/open-files-cell.ts',
      'src/browser/open-files-detail.ts',
    ],
    external: [/^lit/, '@mon/ui-kit'],
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: '../../tsconfig.browser.json',
    clean: false,
  },
])
