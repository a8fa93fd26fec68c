/** A line of `/proc/self/mountinfo`. */
export interface Mount {
  /** `major:minor` of the filesystem; the same for all its mounts. */
  device: string
  /** The directory of the filesystem that is mounted; not `/` for a bind mount of a part. */
  root: string
  mount: string
  fs: string
}

/** A filesystem that holds somebody's data. */
export interface Filesystem {
  fs: string
  /** Where it can be reached, the best place first; the first is the one to show. */
  mounts: string[]
  /** Served by another machine or another process, which may stop to answer. */
  remote: boolean
}

/** Reads `/proc/self/mountinfo`, see proc_pid_mountinfo(5). */
export function parseMountinfo(text: string): Mount[] {
  const mounts = new Map<string, Mount>()
  for (const line of text.split('\n')) {
    const [left = '', right = ''] = line.split(' - ', 2)
    const [, , device, root, mount] = left.split(' ')
    const [fs] = right.split(' ', 1)
    if (!device || !root || !mount || !fs) continue
    // What is mounted later on the same place hides what was there.
    mounts.delete(mount)
    mounts.set(mount, { device, root: unescapeOctal(root), mount: unescapeOctal(mount), fs })
  }
  return [...mounts.values()]
}

/**
 * The real filesystems, once each, sorted by where they are mounted. As `df` shows them, less
 * those in memory and the read-only images, which are full by nature. `/` is always among them:
 * in a container it is an overlay.
 */
export function selectFilesystems(mounts: readonly Mount[]): Filesystem[] {
  const byDevice = new Map<string, Mount[]>()
  for (const mount of mounts) {
    if (mount.mount !== '/' && !isReal(mount)) continue
    const others = byDevice.get(mount.device)
    if (others) others.push(mount)
    else byDevice.set(mount.device, [mount])
  }
  return [...byDevice.values()]
    .map((places) => places.sort(bestFirst))
    .map((places) => {
      const fs = places[0]?.fs ?? ''
      return { fs, mounts: places.map((place) => place.mount), remote: isRemote(fs) }
    })
    .sort((a, b) => ((a.mounts[0] ?? '') < (b.mounts[0] ?? '') ? -1 : 1))
}

const READ_ONLY_IMAGES = new Set(['squashfs', 'erofs', 'cramfs', 'romfs', 'iso9660', 'udf'])

/** On disks of this machine, but without a device number of a disk (major 0). */
const LOCAL_WITHOUT_DEVICE = new Set(['btrfs', 'zfs', 'bcachefs'])

const NETWORK = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', '9p', 'virtiofs', 'ceph', 'lustre', 'gpfs'],
  ...['beegfs', 'wekafs', 'panfs', 'pvfs2', 'glusterfs', 'vboxsf', 'vmhgfs', 'prl_fs'],
])

/** Views of other files through FUSE, with no space of their own. */
const FUSE_VIEWS = new Set([
  ...['fuse.gvfsd-fuse', 'fuse.portal', 'fuse.lxcfs', 'fuse.fuse-overlayfs'],
  ...['fuse.squashfuse', 'fuse.squashfuse_ll', 'fuse.snapfuse'],
])

function isReal({ device, fs }: Mount): boolean {
  if (READ_ONLY_IMAGES.has(fs) || FUSE_VIEWS.has(fs)) return false
  return !device.startsWith('0:') || LOCAL_WITHOUT_DEVICE.has(fs) || isRemote(fs)
}

function isRemote(fs: string): boolean {
  return NETWORK.has(fs) || /^fuse(?:blk|\..+)?$/.test(fs)
}

/** `/`, then mounts of the whole filesystem, then the shortest path. */
function bestFirst(a: Mount, b: Mount): number {
  return rank(a) - rank(b) || a.mount.length - b.mount.length
}

function rank({ mount, root }: Mount): number {
  if (mount === '/') return 0
  return root === '/' ? 1 : 2
}

/** Blanks, tabs, line ends and backslashes are written as three octal digits. */
function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}
