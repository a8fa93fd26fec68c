// Makes this checkout ready to run: installs the dependencies and builds the packages, each only
// when something it depends on has changed. Runs before `npm start` and `npm test`, on whatever
// Node the machine has: built-in modules and the syntax of Node 18 only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const installStamp = join(root, 'node_modules/.cache/mon/install.json')
const buildStamp = join(root, 'node_modules/.cache/mon/build.json')
// Beside node_modules, not in it: npm ci deletes that folder.
const lockFile = join(root, '.ensure.lock')

// npm calls this after every install and build, so one started by hand counts as well.
if (process.argv.includes('--installed')) markInstalled()
else if (process.argv.includes('--built')) markBuilt(buildInputs())
else {
  await ensure().catch((error) => {
    console.error(`mon: ${error.message}`)
    process.exitCode = 1
  })
}

async function ensure() {
  if (isInstalled() && isBuilt()) return
  const release = await takeLock()
  try {
    if (!isInstalled()) {
      step('Installing the dependencies (npm ci); this takes a minute …')
      rmSync(installStamp, { force: true })
      npm('ci', '--include=dev')
      markInstalled()
    }
    if (!isBuilt()) {
      step('Building the packages (npm run build); this takes another …')
      rmSync(buildStamp, { force: true })
      // Taken before the build: what is edited meanwhile is for the next one.
      const inputs = buildInputs()
      npm('run', 'build')
      markBuilt(inputs)
    }
    step('Ready')
  } finally {
    release()
  }
}

function markInstalled() {
  writeStamp(installStamp, { inputs: installInputs() })
}

function markBuilt(inputs) {
  writeStamp(buildStamp, { inputs, outputs: builtFiles() })
}

function isInstalled() {
  // The stamp alone would also believe an install without the development dependencies.
  return (
    existsSync(join(root, 'node_modules/.bin/tsup')) &&
    readStamp(installStamp).inputs === installInputs()
  )
}

function isBuilt() {
  const { inputs, outputs = [] } = readStamp(buildStamp)
  return (
    inputs === buildInputs() &&
    outputs.length > 0 &&
    outputs.every((file) => existsSync(join(root, file)))
  )
}

/**
 * A hash over all that decides what `npm ci` would put into node_modules. The running Node is not
 * part of it: the first time it is the machine's, afterwards the one that the lockfile brings.
 */
function installInputs() {
  return hashOf([join(root, 'package-lock.json')], `${process.platform} ${process.arch}`)
}

/** A hash over all that decides what `npm run build` would put into the dist folders. */
function buildInputs() {
  const shared = [
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'tsconfig.browser.json',
  ]
  const sources = workspaces().flatMap((folder) => filesBelow(folder, isSource))
  return hashOf([...shared.map((file) => join(root, file)), ...sources])
}

function isSource(name, isFolder) {
  return isFolder
    ? !['dist', 'node_modules', 'test'].includes(name)
    : !name.endsWith('.test.ts') && !name.endsWith('.md')
}

function builtFiles() {
  return workspaces().flatMap((folder) =>
    filesBelow(join(folder, 'dist'), () => true).map((file) => relative(root, file)),
  )
}

function workspaces() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return manifest.workspaces.map((folder) => join(root, folder))
}

function filesBelow(folder, wanted) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => wanted(entry.name, entry.isDirectory()))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path, wanted) : [path]
    })
}

function hashOf(files, salt = '') {
  const hash = createHash('sha256').update(salt)
  for (const file of files) {
    const content = readFileSync(file)
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, JSON.stringify(stamp))
  renameSync(unfinished, file)
}

/** Waits until no other setup works on this checkout; returns the function that lets the next one in. */
async function takeLock() {
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isAbandoned()) rmSync(lockFile, { force: true })
    else {
      if (!waited) step(`Another setup is at work here; waiting (if none is, delete ${lockFile})`)
      await sleep(500)
    }
  }
}

/** A setup that was killed leaves its lock behind. */
function isAbandoned() {
  try {
    const owner = Number(readFileSync(lockFile, 'utf8'))
    // An empty file is a lock that is being taken right now.
    if (owner === 0) return false
    if (owner === process.pid) return true
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** What a build says is worth reading only where it fails. */
function npm(...args) {
  // On Windows npm is a .cmd file, which only a shell can start.
  const { status, error, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
    throw new Error(`npm ${args.join(' ')} failed: ${error?.message ?? 'the reason stands above'}`)
  }
}

function step(text) {
  console.log(`mon: ${text}`)
}
