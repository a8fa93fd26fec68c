#!/usr/bin/env node
// Runs on any Node that parses modules, so that an old one is told what it lacks
// (better-sqlite3 would crash on it without a word).
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`mon needs Node.js 22.18 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
const { main } = await import('../dist/cli/main.js')
await main(process.argv.slice(2))
