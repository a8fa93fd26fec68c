import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

export interface ProcReader {
  /** The file's text, or null where it cannot be read. */
  read(file: string): string | null
  /** Closes all files; a later `read` opens them again. */
  close(): void
}

/**
 * Reads the same small files again and again: each is opened once and read at position 0
 * into one kept buffer. Synchronous, because the kernel makes these texts from memory and a
 * turn through the thread pool would cost more than the read.
 */
export function createProcReader(root: string): ProcReader {
  const descriptors = new Map<string, number>()
  let buffer = Buffer.allocUnsafe(64 * 1024)

  function readWhole(descriptor: number): string {
    let length = 0
    for (;;) {
      if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2)
      // One read gives at most a page of most /proc files, however large the buffer.
      const count = readSync(descriptor, buffer, length, buffer.length - length, length)
      if (count === 0) return buffer.toString('utf8', 0, length)
      length += count
    }
  }

  return {
    read(file) {
      const kept = descriptors.get(file)
      if (kept !== undefined) {
        try {
          return readWhole(kept)
        } catch {
          descriptors.delete(file)
          closeSync(kept)
        }
      }
      try {
        const opened = openSync(join(root, file), 'r')
        descriptors.set(file, opened)
        return readWhole(opened)
      } catch {
        return null
      }
    },

    close() {
      for (const descriptor of descriptors.values()) closeSync(descriptor)
      descriptors.clear()
    },
  }
}
