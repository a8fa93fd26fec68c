import { describe, expect, test } from 'vitest'
import { createDisks, spaceFields } from './disks.js'
import { recorded } from './fixture.js'
import type { SpaceCounts } from './statfs-lane.js'

const half: SpaceCounts = { bsize: 4096, blocks: 1024, bfree: 512, bavail: 512 }
const noDirectory = Object.assign(new Error('ENOTDIR'), { code: 'ENOTDIR' })
const server = recorded('gpu-server/self/mountinfo')
const REMOTE = ['/mnt/remote', '/nfs/models']

/** Answers like the kernel would; what is in `hung` answers only once it is released. */
function createKernel() {
  const hung = new Map<string, { promise: Promise<SpaceCounts>; resolve(): void }>()
  const asked: string[] = []
  let inFlight = 0
  return {
    asked,
    mostInFlight: 0,
    hang(mount: string) {
      const { promise, resolve } = Promise.withResolvers<SpaceCounts>()
      hung.set(`${mount}/`, { promise, resolve: () => resolve(half) })
    },
    release(mount: string) {
      hung.get(`${mount}/`)?.resolve()
      hung.delete(`${mount}/`)
    },
    async statfs(path: string): Promise<SpaceCounts> {
      asked.push(path)
      inFlight += 1
      this.mostInFlight = Math.max(this.mostInFlight, inFlight)
      const counts = (await hung.get(path)?.promise) ?? half
      inFlight -= 1
      return counts
    },
  }
}

function createMachineDisks() {
  const kernel = createKernel()
  const disks = createDisks({ statfs: (path) => kernel.statfs(path), timeout_ms: 50 })
  const unknown = async () =>
    (await disks(server)).disks?.filter((disk) => disk.used_pct === null).map((disk) => disk.mount)
  return { kernel, disks, unknown }
}

test('space is computed as df does it, with reserved blocks neither used nor available', () => {
  const counts = { bsize: 4096, blocks: 262144, bfree: 131072, bavail: 65536 }
  expect(spaceFields(counts)).toEqual({ used_mb: 512, total_mb: 1024, used_pct: 66.7 })
})

test('the kernel counts in fragments where they differ from blocks', () => {
  const counts = { bsize: 131072, frsize: 4096, blocks: 262144, bfree: 262144, bavail: 262144 }
  expect(spaceFields(counts)).toEqual({ used_mb: 0, total_mb: 1024, used_pct: 0 })
})

test('a filesystem whose reserve is used up is full', () => {
  const counts = { bsize: 4096, blocks: 1000, bfree: 10, bavail: 2 ** 64 - 5 }
  expect(spaceFields(counts).used_pct).toBe(100)
})

test('disk_pct is that of the fullest disk', async () => {
  const disks = createDisks({
    statfs: async (path) => (path === '/data/' ? { ...half, bfree: 256, bavail: 256 } : half),
    timeout_ms: 50,
  })
  expect((await disks(server)).disk_pct).toBe(75)
  expect(await disks(null)).toEqual({ disks: null, disk_pct: null })
})

test('a single file that a container runtime has mounted is no disk', async () => {
  const disks = createDisks({
    statfs: async (path) => {
      if (path.startsWith('/etc/')) throw noDirectory
      return half
    },
    timeout_ms: 50,
  })
  const text = recorded('container/self/mountinfo')
  for (const _ of [1, 2]) {
    const mounts = (await disks(text)).disks?.map((disk) => disk.mount)
    expect(mounts).toEqual(['/', '/workspace/project'])
  }
})

test('a filesystem that refuses is shown without values, one without blocks is not shown', async () => {
  const disks = createDisks({
    statfs: async (path) => {
      if (path === '/mnt/remote/') throw Object.assign(new Error('EACCES'), { code: 'EACCES' })
      return path === '/srv/' ? { ...half, blocks: 0, bfree: 0, bavail: 0 } : half
    },
    timeout_ms: 50,
  })
  const shown = (await disks(server)).disks ?? []
  expect(shown.find((disk) => disk.mount === '/mnt/remote')).toEqual({
    mount: '/mnt/remote',
    fs: 'fuse.sshfs',
    used_mb: null,
    total_mb: null,
    used_pct: null,
  })
  expect(shown.map((disk) => disk.mount)).not.toContain('/srv')
})

describe('while a mount hangs', () => {
  test('the answer comes, and only filesystems that share its lane are unknown', async () => {
    const { kernel, disks, unknown } = createMachineDisks()
    kernel.hang('/mnt/remote')
    expect(await unknown()).toEqual(REMOTE)
    expect(await unknown()).toEqual(REMOTE)
    expect((await disks(server)).disk_pct).toBe(50)
  })

  test('it is not asked again, however often a snapshot is taken', async () => {
    const { kernel, unknown } = createMachineDisks()
    kernel.hang('/nfs/models')
    for (let sample = 0; sample < 10; sample += 1) await unknown()
    expect(kernel.asked.filter((path) => path === '/nfs/models/')).toHaveLength(1)
  })

  test('two threads are lost at most, whatever else hangs', async () => {
    const { kernel, unknown } = createMachineDisks()
    for (const mount of [...REMOTE, '/data', '/srv', '/tank/scratch']) kernel.hang(mount)
    for (let sample = 0; sample < 10; sample += 1) await unknown()
    expect(kernel.mostInFlight).toBe(2)
  })

  test('once it answers again, so do all, and the slow one is asked last', async () => {
    const { kernel, unknown } = createMachineDisks()
    kernel.hang('/mnt/remote')
    expect(await unknown()).toEqual(REMOTE)
    kernel.release('/mnt/remote')
    await new Promise(setImmediate)
    kernel.asked.length = 0
    expect(await unknown()).toEqual([])
    expect(
      kernel.asked.filter((path) => path === '/nfs/models/' || path === '/mnt/remote/'),
    ).toEqual(['/nfs/models/', '/mnt/remote/'])
  })

  test('the next time it hangs, the others of its lane have already answered', async () => {
    const { kernel, unknown } = createMachineDisks()
    kernel.hang('/mnt/remote')
    await unknown()
    kernel.release('/mnt/remote')
    await new Promise(setImmediate)
    kernel.hang('/mnt/remote')
    expect(await unknown()).toEqual(['/mnt/remote'])
  })
})
