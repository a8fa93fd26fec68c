import { readFile } from 'node:fs/promises'
import type { AgentContext } from '@mon/core'
import { openFilesFields, parseFileNr } from './open-files.js'

/** Runs on each server; only Linux counts its open files in one place. */
export function setup(ctx: AgentContext): void {
  ctx.collector({
    fields: openFilesFields,
    async collect() {
      if (process.platform !== 'linux') return { open_files: null, open_files_max: null }
      return parseFileNr(await readFile('/proc/sys/fs/file-nr', 'utf8'))
    },
  })
}
