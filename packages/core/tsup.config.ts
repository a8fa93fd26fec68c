import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'testing/index': 'src/testing/index.ts',
    'cli/main': 'src/cli/main.ts',
    'database/reader-worker': 'src/database/reader-worker.ts',
    'database/sqlite-worker': 'src/database/sqlite-worker.ts',
  },
  format: 'esm',
  target: 'node22',
  tsconfig: '../../tsconfig.base.json',
  dts: { entry: ['src/index.ts', 'src/testing/index.ts'] },
  sourcemap: true,
  clean: true,
  splitting: true,
  noExternal: ['typebox'],
})
