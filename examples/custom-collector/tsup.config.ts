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
    // A widget is one ES module for the browser. lit and the UI kit, if it used them, would
    // stay external and come through the page's import map.
    entry: ['line', 'cell', 'panel'].map((name) => `src/browser/open-files-${name}.ts`),
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: '../../tsconfig.browser.json',
    clean: false,
  },
])
