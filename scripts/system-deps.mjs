// Sees to the system packages that some tests need. As root on Debian it installs them, with
// services kept from starting; elsewhere it says which tests will be skipped, and why. With
// MON_REQUIRE_SYSTEM=1, as in CI, a missing one is a failure. Silent when all is there.
// `npm test` runs it after the install, so with the repository's own Node.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from '../test/chromium.ts'

const tunnelPackages = [
  'openssh-client',
  'openssh-server',
  'tinyproxy-bin',
  'curl',
  'openssl',
  'iproute2',
]

const needs = [
  {
    name: 'Chromium or Chrome',
    isPresent: () => findChromium() !== null,
    tests: 'Tests in a real browser are skipped.',
    // Ubuntu has Chromium only as a snap, which a container cannot run.
    packages: { debian: ['chromium'] },
    remedy: 'Install one, or set MON_CHROMIUM to the path of its executable.',
  },
  {
    name: 'a Chinese font',
    isPresent: () => process.platform !== 'linux' || hasChineseFont(),
    tests: 'Tests still run; screenshots in Chinese show boxes.',
    packages: { debian: ['fonts-noto-cjk'], ubuntu: ['fonts-noto-cjk'] },
    remedy: 'Install Noto Sans CJK (fonts-noto-cjk in Debian and Ubuntu).',
  },
  {
    name: 'Prometheus',
    isPresent: () => ['prometheus', 'promtool'].every((name) => isOnPath(name)),
    tests: 'Tests of /metrics with a real Prometheus are skipped.',
    packages: { debian: ['prometheus'], ubuntu: ['prometheus'] },
    remedy: 'Put `prometheus` and `promtool` on the PATH.',
  },
  {
    name: 'OpenSSH, tinyproxy, curl, openssl and iproute2',
    isPresent: () =>
      process.platform !== 'linux' ||
      (existsSync('/usr/sbin/sshd') &&
        ['ssh', 'tinyproxy', 'curl', 'openssl', 'ip', 'ss'].every((name) => isOnPath(name))),
    tests: 'Tests of the tunnel with a real sshd, proxy and network are skipped or fail.',
    packages: { debian: tunnelPackages, ubuntu: tunnelPackages },
    remedy:
      'Install openssh-client, openssh-server, tinyproxy-bin, curl, openssl and iproute2 (their names in Debian and Ubuntu).',
  },
  {
    name: 'shellcheck',
    isPresent: () => process.platform !== 'linux' || isOnPath('shellcheck'),
    tests: 'The operator scripts are not checked.',
    packages: { debian: ['shellcheck'], ubuntu: ['shellcheck'] },
    remedy: 'Install shellcheck.',
  },
  {
    name: 'sqlite3',
    isPresent: () => process.platform === 'win32' || isOnPath('sqlite3'),
    tests: 'Tests of the SQL scripts for an upgrade by hand are skipped.',
    packages: { debian: ['sqlite3'], ubuntu: ['sqlite3'] },
    remedy: 'Put `sqlite3` 3.35 or newer on the PATH.',
  },
  {
    name: 'gcc',
    isPresent: () => process.platform !== 'linux' || isOnPath('gcc'),
    tests:
      'Tests of the NVIDIA collector fail: they compile a driver that stands in for the real one.',
    packages: { debian: ['gcc', 'libc6-dev'], ubuntu: ['gcc', 'libc6-dev'] },
    remedy: 'Install a C compiler (gcc and libc6-dev in Debian and Ubuntu).',
  },
]

let missing = needs.filter((need) => !need.isPresent())
if (missing.length > 0) {
  const packages = missing.flatMap((need) => need.packages[distribution()] ?? [])
  if (packages.length > 0 && process.getuid?.() === 0) {
    installWithApt(packages)
    missing = needs.filter((need) => !need.isPresent())
  }
}
if (missing.length > 0) {
  printBanner(missing)
  if (process.env.MON_REQUIRE_SYSTEM === '1') {
    console.error('MON_REQUIRE_SYSTEM=1: not going on without them.')
    process.exitCode = 1
  }
}

function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const file = process.platform === 'win32' ? `${program}.exe` : program
  return folders.some((folder) => existsSync(join(folder, file)))
}

function hasChineseFont() {
  const folder = '/usr/share/fonts'
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => /cjk|hansans|wqy/i.test(String(file)))
  )
}

function distribution() {
  const file = '/etc/os-release'
  return existsSync(file) ? /^ID="?([^"\n]*)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
}

function installWithApt(packages) {
  console.log(`mon: Installing what the tests need (apt-get install ${packages.join(' ')})`)
  const allowServices = forbidServices()
  try {
    const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
    const ok =
      apt([...options, 'update']) &&
      apt([...options, 'install', '--yes', '--no-install-recommends', ...packages])
    if (!ok) console.error('mon: apt-get failed; the reason stands above.')
  } finally {
    allowServices()
  }
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0
}

/** Debian asks this file before it starts a service of a new package; 101 is "forbidden". Returns the undo. */
function forbidServices() {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return () => {}
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  return () => rmSync(policy, { force: true })
}

function printBanner(missing) {
  const lines = missing.flatMap((need) => [
    '',
    `  ${need.name} is missing. ${need.tests}`,
    `  ${need.remedy}`,
  ])
  const rule = '='.repeat(78)
  console.error(`\n${rule}\n  SYSTEM PACKAGES ARE MISSING${lines.join('\n')}\n${rule}\n`)
}
