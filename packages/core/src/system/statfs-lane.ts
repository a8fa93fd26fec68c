import type { Filesystem } from './mounts.js'

/** What `fs.promises.statfs` gives, as far as it is used here. Node 22 has no `frsize`. */
export interface SpaceCounts {
  bsize: number
  frsize?: number
  blocks: number
  bfree: number
  bavail: number
}

export type Statfs = (path: string) => Promise<SpaceCounts>

/** By filesystem: its space, or `absent` where there is none. One that did not answer is missing. */
export type Space = ReadonlyMap<Filesystem, SpaceCounts | 'absent'>

/**
 * Asks filesystems for their space one after the other.
 *
 * `statfs` on a dead NFS server blocks its thread until the server is back, perhaps for ever,
 * and nothing can interrupt it; the pool has four threads for the whole process. A lane uses one
 * of them and never a second: while a call hangs, the lane asks nobody, and all its filesystems
 * are unknown. Filesystems that can hang therefore travel in another lane than local ones.
 */
export function createStatfsLane(statfs: Statfs, timeout_ms: number) {
  const slow = new WeakSet<Filesystem>()
  let running: Promise<void> | undefined

  return async function ask(filesystems: readonly Filesystem[]): Promise<Space> {
    const space = new Map<Filesystem, SpaceCounts | 'absent'>()
    if (running || filesystems.length === 0) return space

    let expired = false
    async function walk(): Promise<void> {
      // Who kept the others waiting last time comes last this time.
      const order = [
        ...filesystems.filter((filesystem) => !slow.has(filesystem)),
        ...filesystems.filter((filesystem) => slow.has(filesystem)),
      ]
      for (const filesystem of order) {
        if (expired) return
        slow.add(filesystem)
        const counts = await spaceOf(filesystem, statfs)
        if (!expired) slow.delete(filesystem)
        if (counts) space.set(filesystem, counts)
      }
    }

    running = walk().finally(() => {
      running = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeout_ms)
    })
    await Promise.race([running, timeout])
    clearTimeout(timer)
    expired = true
    return space
  }
}

async function spaceOf(
  filesystem: Filesystem,
  statfs: Statfs,
): Promise<SpaceCounts | 'absent' | null> {
  for (;;) {
    const mount = filesystem.mounts[0]
    if (mount === undefined) return 'absent'
    try {
      // With a slash at its end the path is refused unless it is a directory: container
      // runtimes mount single files, such as /etc/hosts, which are nobody's disk.
      const counts = await statfs(mount === '/' ? mount : `${mount}/`)
      return counts.blocks === 0 && mount !== '/' ? 'absent' : counts
    } catch (error) {
      if (!isNoDirectory(error)) return null
      filesystem.mounts.shift()
    }
  }
}

function isNoDirectory(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return error.code === 'ENOTDIR' || error.code === 'ENOENT'
}
