import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { onTestFinished } from 'vitest'

const testdata = join(import.meta.dirname, 'testdata')

/** Text of what the kernel's tables are made of, in no order. */
export const garbage = fc.string({
  unit: fc.constantFrom(
    ...' \n\t\\\0:/-.é中0123456789',
    'cpu',
    '\n  eth0:',
    ' - ',
    '0 0 0 0',
    'kB\n',
  ),
  maxLength: 200,
})

/** A recorded text: `recorded('vm/stat')`. */
export function recorded(file: string): string {
  return readFileSync(join(testdata, file), 'utf8')
}

/** A machine as a directory, for one test: its `/proc` from testdata and a `/sys` to be filled. */
export function createMachine(name: string) {
  const root = mkdtempSync(join(tmpdir(), 'mon-system-'))
  const procfs = join(root, 'proc')
  const sysfs = join(root, 'sys')
  cpSync(join(testdata, name), procfs, { recursive: true })
  mkdirSync(sysfs)
  onTestFinished(() => rmSync(root, { recursive: true }))
  return {
    procfs,
    sysfs,
    /** Rewrites a file of `/proc`, as the kernel does between two readings. */
    change(file: string, edit: (text: string) => string) {
      const path = join(procfs, file)
      writeFileSync(path, edit(readFileSync(path, 'utf8')))
    },
    remove(file: string) {
      rmSync(join(procfs, file))
    },
    /** Entries of sysfs: a text is a file, null a directory, `-> target` a link. */
    addSys(entries: Record<string, string | null>) {
      for (const [entry, content] of Object.entries(entries)) {
        const path = join(sysfs, entry)
        mkdirSync(dirname(path), { recursive: true })
        if (content === null) mkdirSync(path, { recursive: true })
        else if (content.startsWith('-> ')) symlinkSync(content.slice(3), path)
        else writeFileSync(path, content)
      }
    },
  }
}
