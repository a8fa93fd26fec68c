import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/agent.ts', 'src/aggregator.ts', 'src/start.ts'],
  format: 'esm',
  target: 'node22',
  tsconfig: '../../tsconfig.base.json',
  clean: true,
})
