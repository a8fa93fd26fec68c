import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readManifest, readText, type SourceFile, sourceFiles } from './source-files.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const plugins = ['ui-kit', 'plugin-gpu-nvidia', 'plugin-ssh-proxy', 'plugin-history']
const packages = ['core', ...plugins]

describe('Core is a house', () => {
  const house = 'packages/core/src/'
  // From the roof to the ground. `testing` and `cli` are entries of their own, beside `index`.
  const floors = [
    ['testing', 'cli'],
    ['index'],
    ['define-plugin', 'create-host', 'run'],
    ['aggregator'],
    ['polling'],
    ['servers'],
    ['live'],
    ['agent'],
    ['system'],
    ['snapshot'],
    ['plugin'],
    ['http'],
    ['database'],
    ['config'],
    ['metrics'],
    ['log'],
    ['errors', 'version'],
    ['secret-text'],
  ]
  const files = sourceFiles('packages/core/src')

  it('whose rooms all have a floor', () => {
    const known = new Set(floors.flat())
    const unknown = files.map(({ path }) => roomOf(path)).filter((room) => !known.has(room))
    expect([...new Set(unknown)], 'give each new room its floor in this test').toEqual([])
  })

  it('where a file imports only from its own room or from rooms below', () => {
    const upward = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith(house))
        .filter((target) => !mayImport(roomOf(path), roomOf(target)))
        .map(
          (target) => `${path} imports ${target}: ${roomOf(target)} is not below ${roomOf(path)}`,
        ),
    )
    expect(upward).toEqual([])
  })

  it('without stairs that lead back to where they began', () => {
    expect(cyclesAmong(files)).toEqual([])
  })

  it('that knows none of its plugins by name', () => {
    const named = files.flatMap(({ path }) =>
      readText(path)
        .split('\n')
        .flatMap((line, index) =>
          /gpu-nvidia|ssh-proxy|plugin-history|ui-kit/.test(line)
            ? `${path}:${index + 1}: ${line.trim()}`
            : [],
        ),
    )
    expect(named, 'what one plugin needs from core, every plugin can have by declaring it').toEqual(
      [],
    )
  })

  function roomOf(path: string): string {
    const [room = ''] = path.slice(house.length).split('/')
    return room.replace(/\.ts$/, '')
  }

  function mayImport(from: string, to: string): boolean {
    return from === to || floorOf(to) > floorOf(from)
  }

  function floorOf(room: string): number {
    return floors.findIndex((rooms) => rooms.includes(room))
  }
})

describe('A package', () => {
  const folders = [
    ...plugins.map((name) => `packages/${name}`),
    'examples/custom-collector',
    'examples/full-stack',
  ]
  const publicEntries = new Set(
    packages.flatMap((name) =>
      Object.keys(readManifest(`packages/${name}`).exports).map(
        (entry) => `@mon/${name}${entry.slice(1)}`,
      ),
    ),
  )

  it.each(folders)('%s uses other packages only through their public entries', (folder) => {
    const trespasses = sourceFiles(`${folder}/src`).flatMap(({ path, imports }) =>
      imports
        .filter((target) =>
          target.startsWith('@mon/')
            ? !publicEntries.has(target)
            : /^(packages|examples)\//.test(target) && !target.startsWith(`${folder}/`),
        )
        .map((target) => `${path} imports ${target}`),
    )
    expect(trespasses, `public are ${[...publicEntries].join(', ')}`).toEqual([])
  })

  it('has the version of all the others', () => {
    const versions = packages.map((name) => `${name} ${readManifest(`packages/${name}`).version}`)
    const { version } = readManifest('packages/core')
    expect(versions).toEqual(packages.map((name) => `${name} ${version}`))
  })
})

describe.skipIf(!existsSync(`${root}/.git`))('The repository', () => {
  it('can be installed from anywhere: no file names a package registry', () => {
    const host = /npmjs\.(?:org|com)|yarnpkg\.com|npmmirror\.com|\/\/(?:npm|registry)\.[a-z]/
    const mentions = repositoryFiles().filter((path) => host.test(readText(path)))
    expect(mentions, 'npm finds its registry in the configuration of the user').toEqual([])
  })
})

/** Files that wait for each other when they are loaded, as `a → b → a`. */
function cyclesAmong(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, file.loads]))
  const done = new Set<string>()
  const cycles: string[] = []

  function visit(path: string, trail: readonly string[]): void {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    else if (!done.has(path)) {
      for (const next of imports.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
  }

  for (const path of imports.keys()) visit(path, [])
  return cycles
}

/** What git tracks, or would track after `git add`. */
function repositoryFiles(): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  return execFileSync('git', options, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(`${root}/${path}`))
}
