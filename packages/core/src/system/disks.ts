import type { Disk, SystemFields } from '../snapshot/snapshot.js'
import { type Filesystem, parseMountinfo, selectFilesystems } from './mounts.js'
import { createStatfsLane, type Space, type SpaceCounts, type Statfs } from './statfs-lane.js'
import { mebibytes, percent } from './units.js'

export type DiskFields = Pick<SystemFields, 'disks' | 'disk_pct'>

export interface DisksOptions {
  statfs: Statfs
  /** How long an answer waits for filesystems; those that have not answered by then are null. */
  timeout_ms: number
}

/** Space of the filesystems in a text of `/proc/self/mountinfo`. */
export function createDisks({ statfs, timeout_ms }: DisksOptions) {
  const local = createStatfsLane(statfs, timeout_ms)
  const remote = createStatfsLane(statfs, timeout_ms)
  let known: { mountinfo: string; filesystems: Filesystem[] } | undefined

  return async (mountinfo: string | null): Promise<DiskFields> => {
    if (mountinfo === null) return { disks: null, disk_pct: null }
    if (known?.mountinfo !== mountinfo) {
      known = { mountinfo, filesystems: selectFilesystems(parseMountinfo(mountinfo)) }
    }
    const { filesystems } = known
    const [here, elsewhere] = await Promise.all([
      local(filesystems.filter((filesystem) => !filesystem.remote)),
      remote(filesystems.filter((filesystem) => filesystem.remote)),
    ])
    return diskFields(
      filesystems.flatMap((filesystem) => toDisk(filesystem, filesystem.remote ? elsewhere : here)),
    )
  }
}

/** `disk_pct` is that of the fullest disk. */
export function diskFields(disks: Disk[]): DiskFields {
  const used = disks.flatMap((disk) => disk.used_pct ?? [])
  return { disks, disk_pct: used.length > 0 ? Math.max(...used) : null }
}

/** As `df` computes it: blocks reserved for root are neither used nor available. */
export function spaceFields(counts: SpaceCounts): Pick<Disk, 'used_mb' | 'total_mb' | 'used_pct'> {
  // The kernel counts in fragments; FUSE filesystems may name another block size beside it.
  const unit = counts.frsize ?? counts.bsize
  const used = Math.max(0, counts.blocks - counts.bfree)
  // Below zero where root has used up its reserve: seen here as a number beyond all free blocks.
  const available = counts.bavail > counts.bfree ? 0 : counts.bavail
  return {
    used_mb: mebibytes(used * unit),
    total_mb: mebibytes(counts.blocks * unit),
    used_pct: percent(used, used + available),
  }
}

function toDisk(filesystem: Filesystem, space: Space): Disk[] {
  const mount = filesystem.mounts[0]
  const counts = space.get(filesystem)
  if (mount === undefined || counts === 'absent') return []
  const unknown = { used_mb: null, total_mb: null, used_pct: null }
  return [{ mount, fs: filesystem.fs, ...(counts ? spaceFields(counts) : unknown) }]
}
