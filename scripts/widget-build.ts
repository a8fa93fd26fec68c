import type { Options } from 'tsup'

/** How a plugin of this repository builds its widgets: each entry is a module that the page loads. */
export function widgetBuild(entry: string[]): Options {
  return {
    entry,
    // lit and the UI kit come through the page's import map.
    external: [/^lit/, '@mon/ui-kit'],
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    tsconfig: '../../tsconfig.browser.json',
    // Only those modules are served that a widget names.
    splitting: false,
    minify: true,
    loader: { '.css': 'text' },
    // The other half of the build has cleaned up.
    clean: false,
  }
}
