import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const source = ['@mon/source']
const tests = (suffix: string) => [
  `{packages,examples}/*/{src,test}/**/*${suffix}`,
  `test/**/*${suffix}`,
]

/** `--mode long` runs the soaks and the full matrix of screenshots instead. */
export default defineConfig(({ mode }) => ({
  resolve: { conditions: source },
  ssr: { resolve: { conditions: source, externalConditions: source } },
  test: {
    include: tests(mode === 'long' ? '.long.test.ts' : '.test.ts'),
    exclude: [
      '**/node_modules/**',
      '**/dist/**',
      ...(mode === 'long' ? [] : tests('.long.test.ts')),
    ],
    // Many wait for a browser or a process: two at a time pay even on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: mode === 'long' ? 20 * 60_000 : 20_000,
    hookTimeout: 60_000,
  },
}))
