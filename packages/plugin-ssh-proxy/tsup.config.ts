import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  target: 'node22',
  tsconfig: '../../tsconfig.base.json',
  dts: true,
  sourcemap: true,
  clean: true,
})
