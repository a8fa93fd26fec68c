// Treats the packages as a stranger meets them: packs each, checks what is inside, installs all of
// them in an empty project, imports every public entry, compiles against the types, and runs the
// deployment of the README. Run by `npm run packages`, after a build.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = readJson(join(root, 'package.json'))
  .workspaces.map((folder) => ({ folder, manifest: readJson(join(root, folder, 'package.json')) }))
  .filter(({ manifest }) => !manifest.private)
const entries = packages.flatMap(({ manifest }) =>
  Object.entries(manifest.exports)
    .filter(([entry]) => entry !== './package.json')
    .map(([entry, { default: file }]) => ({
      name: `${manifest.name}${entry.slice(1)}`,
      isForBrowser: file.startsWith('./dist/browser/'),
    })),
)

/** What a plugin's author writes first, to see that the types reach them. */
const stranger = `
type AnyNames<Entry> = { [Name in keyof Entry]: 0 extends 1 & Entry[Name] ? Name : never }[keyof Entry]
type Typed<Entry> = [AnyNames<Entry>] extends [never] ? true : AnyNames<Entry>

import { definePlugin, type LatestSnapshot, type Plugin } from '@mon/core'

export const plugin: Plugin = definePlugin({
  id: 'stranger',
  version: '1.0.0',
  api: '^1.0.0',
  agent: { load: async () => ({ setup: (ctx) => ctx.onStart(() => ctx.log.info('started')) }) },
})

export function busiest(latest: LatestSnapshot): number | null {
  return latest.cpu_pct
}
`

const workshop = mkdtempSync(join(tmpdir(), 'mon-packages-'))
try {
  const tarballs = packages.map(({ folder, manifest }) => {
    step(`${manifest.name}: pack and look inside`)
    const { file, names } = pack(folder)
    checkContents(manifest, names)
    runQuietly('publint', ['run', file, '--strict'])
    runQuietly('attw', [
      file,
      '--profile',
      'esm-only',
      '--no-definitely-typed',
      '--format',
      'ascii',
    ])
    return file
  })
  const project = mkdtempSync(join(workshop, 'project-'))
  step('Install all of them in an empty project')
  install(project, tarballs)
  step('Import every public entry that is for Node')
  importEntries(project)
  step('Compile against the types')
  compile(project)
  runPlugin(project)
  await runDeployment(project)
  console.log(`\n${packages.length} packages are fit to publish.`)
} catch (error) {
  console.error(`\nmon: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(workshop, { recursive: true, force: true })
}

function pack(folder) {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', workshop], {
    cwd: join(root, folder),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  const [{ filename, files }] = JSON.parse(output)
  return { file: join(workshop, filename), names: files.map(({ path }) => path) }
}

function checkContents({ name }, files) {
  const needed = ['package.json', 'README.md', 'LICENSE']
  const missing = needed.filter((file) => !files.includes(file))
  if (!files.some((file) => file.startsWith('dist/'))) missing.push('dist/ (run `npm run build`)')
  if (missing.length > 0) throw new Error(`${name} lacks ${missing.join(', ')}.`)

  const surplus = files.filter(
    (file) => /(^|\/)(src|test|testdata)\//.test(file) || /\.test\.|(?<!\.d)\.ts$/.test(file),
  )
  if (surplus.length > 0) throw new Error(`${name} would publish ${surplus.join(', ')}.`)
}

function install(project, tarballs) {
  writeJson(join(project, 'package.json'), { name: 'a-stranger', private: true, type: 'module' })
  const { devDependencies } = readJson(join(root, 'package.json'))
  // Optional peers come along, for the types of some entries mention them.
  const peers = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.peerDependenciesMeta ?? {}).map(
      (name) => `${name}@${manifest.peerDependencies[name]}`,
    ),
  )
  const nodeTypes = `@types/node@${devDependencies['@types/node']}`
  // What the checkout has downloaded already is not asked for again.
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...options, ...tarballs, ...peers, nodeTypes], project)
}

function importEntries(project) {
  const lines = entries
    .filter(({ isForBrowser }) => !isForBrowser)
    .map(({ name }) => `console.log('${name}:', Object.keys(await import('${name}')).join(', '))`)
  writeFileSync(join(project, 'imports.js'), `${lines.join('\n')}\n`)
  run('node', ['imports.js'], project)
}

function compile(project) {
  // A declaration that could not find its own imports is `any`, which hides every mistake.
  const lines = entries.map(
    ({ name }, index) =>
      `import * as entry${index} from '${name}'\nexport const typed${index}: Typed<typeof entry${index}> = true`,
  )
  writeFileSync(join(project, 'types.ts'), `${lines.join('\n')}\n${stranger}`)
  writeJson(join(project, 'tsconfig.json'), {
    compilerOptions: {
      target: 'ES2023',
      module: 'NodeNext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
    },
    files: ['types.ts', 'plugin.ts'],
  })
  writeFileSync(join(project, 'plugin.ts'), readmeBlock('plugin'))
  run('tsc', ['--project', project], project)
}

/** Runs an agent with the README's plugin; the collector reads a file that only Linux has. */
function runPlugin(project) {
  if (process.platform !== 'linux') return
  step('Run the plugin of the README')
  const script = `
    import { startTestAgent } from '@mon/core/testing'
    import plugin from './plugin.ts'
    const agent = await startTestAgent([plugin])
    const { entropy_bits, collectors } = await agent.snapshot()
    await agent.stop()
    console.log({ entropy_bits, ...collectors.entropy })
    process.exitCode = typeof entropy_bits === 'number' ? 0 : 1
  `
  writeFileSync(join(project, 'run-plugin.js'), script)
  run('node', ['run-plugin.js'], project)
}

/** The code of the README that is marked with `<!-- test: NAME -->`. */
function readmeBlock(name) {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const code = new RegExp(`<!-- test: ${name} -->\\s*\`\`\`ts\\n(.*?)\`\`\``, 's').exec(text)?.[1]
  if (code === undefined) throw new Error(`README.md marks no block with "test: ${name}".`)
  return code
}

/** Starts the README's example, waits for the address it prints, asks it how it is, and stops it. */
async function runDeployment(project) {
  step('Run the deployment of the README')
  writeFileSync(join(project, 'deployment.ts'), readmeBlock('deployment'))
  const child = spawn('node', ['deployment.ts'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = new Promise((resolve) => {
    child.on('exit', (status, signal) => resolve(status ?? signal))
  })
  // Whatever happens, this check neither waits for ever nor leaves a process behind.
  const deadline = setTimeout(() => child.kill('SIGKILL'), 30_000)
  try {
    const address = await printedAddress(child)
    const response = await fetch(new URL('/healthz', address))
    console.log(`${address} answers ${response.status}`)
    if (!response.ok) throw new Error(`The README's deployment is not healthy.`)
    child.kill('SIGTERM')
    const status = await exit
    if (status !== 0 && status !== 'SIGTERM') {
      throw new Error(`The README's deployment ended with ${status} on SIGTERM.`)
    }
  } finally {
    clearTimeout(deadline)
    child.kill('SIGKILL')
  }
}

async function printedAddress(child) {
  let output = ''
  // The stream stays open: a child that can no longer print would fail.
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    process.stdout.write(chunk)
    output += chunk
    const address = /https?:\/\/[\w.:[\]-]+(?=\W)/.exec(output)?.[0]
    if (address !== undefined) {
      child.stdout.resume()
      return address
    }
  }
  throw new Error(`The README's deployment ended without printing an address.`)
}

function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
  } catch (error) {
    throw new Error(`${command} found something wrong; the reason stands above.`, { cause: error })
  }
}

/** For commands whose words matter only when they are complaints. */
function runQuietly(command, args) {
  try {
    execFileSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' })
  } catch (error) {
    throw new Error(`${command} found something wrong:\n${error.stdout}`, { cause: error })
  }
}

function step(text) {
  console.log(`\n--- ${text}`)
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value, null, 2))
}
