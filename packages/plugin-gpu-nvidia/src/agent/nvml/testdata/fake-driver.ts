import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A compiled stand-in for the driver's library, and the machine's state that it plays. */
export interface FakeDriver {
  /** For a process that is to find it: the way a user points to a library of their own. */
  env: { LD_LIBRARY_PATH: string; FAKE_NVML: string }
  /** One line for each thing that is so, as `fake-nvml.c` explains; it may change at any time. */
  play(...lines: string[]): void
  remove(): void
}

const source = fileURLToPath(new URL('./fake-nvml.c', import.meta.url))

/** @param flags such as `-DR535`: an older library has fewer functions */
export function compileFakeDriver(...flags: string[]): FakeDriver {
  const folder = mkdtempSync(join(tmpdir(), 'mon-nvml-'))
  const library = join(folder, 'libnvidia-ml.so.1')
  const options = ['-shared', '-fPIC', '-fvisibility=hidden', ...flags]
  execFileSync('gcc', [...options, '-o', library, source])
  const state = join(folder, 'state')
  return {
    env: { LD_LIBRARY_PATH: folder, FAKE_NVML: state },
    play: (...lines) => writeFileSync(state, `${lines.join('\n')}\n`),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
