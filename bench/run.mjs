/**
 * Runs every `bench/*.bench.ts` against the sources, or those whose names are given:
 * `npm run bench -- system`.
 */
import { readdirSync } from 'node:fs'
import '../scripts/from-sources.mjs'

const wanted = process.argv.slice(2)
for (const file of readdirSync(import.meta.dirname).sort()) {
  if (!file.endsWith('.bench.ts')) continue
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(`${name}.`))) continue
  console.log(`\n${file}`)
  await import(new URL(file, import.meta.url).href)
}
