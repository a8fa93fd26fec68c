import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const lit: { exports: Record<string, unknown> } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.resolve('lit')), 'utf8'),
)

const litSpecifiers = Object.keys(lit.exports)
  .filter((path) => path !== './polyfill-support.js')
  .map((path) => path.replace('.', 'lit'))

/** What a widget may import besides the kit; the import map leads each to the one copy of lit. */
export const specifiers = [...litSpecifiers, 'lit-html', 'lit-element', '@lit/reactive-element']

/** Entry name → file. */
export const litEntries = Object.fromEntries(
  specifiers.map((specifier) => [
    entryName(specifier),
    fileURLToPath(import.meta.resolve(specifier)),
  ]),
)

export function entryName(specifier: string): string {
  return specifier.replace('@', '').replace(/\.js$/, '').replaceAll('/', '-')
}
