import { defineConfig } from 'tsup'
import { widgetBuild } from '../../scripts/widget-build.js'

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
  widgetBuild(['src/browser/ssh-proxy-overview.ts', 'src/browser/ssh-proxy-pages.ts']),
])
