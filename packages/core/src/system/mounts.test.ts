import fc from 'fast-check'
import { expect, test } from 'vitest'
import { garbage, recorded } from './fixture.js'
import { parseMountinfo, selectFilesystems } from './mounts.js'

const filesystems = (text: string) => selectFilesystems(parseMountinfo(text))

test('the real filesystems of a server are listed once each, sorted by mount point', () => {
  const shown = filesystems(recorded('gpu-server/self/mountinfo')).map(
    ({ fs, mounts, remote }) => `${fs} ${mounts[0]}${remote ? ' (remote)' : ''}`,
  )
  expect(shown).toEqual([
    'ext4 /',
    'xfs /data',
    'ext4 /mnt/my old disk',
    'fuse.sshfs /mnt/remote (remote)',
    'ext4 /mnt/under',
    'nfs4 /nfs/models (remote)',
    'btrfs /srv',
    'zfs /tank/scratch',
  ])
})

test('a virtual machine with one disk has one filesystem', () => {
  expect(filesystems(recorded('vm/self/mountinfo'))).toEqual([
    { fs: 'ext4', mounts: ['/'], remote: false },
  ])
})

test('in a container the overlay at / is listed, and a disk mounted in parts once', () => {
  expect(filesystems(recorded('container/self/mountinfo'))).toEqual([
    { fs: 'overlay', mounts: ['/'], remote: false },
    {
      fs: 'ext4',
      mounts: ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/workspace/project'],
      remote: false,
    },
  ])
})

test('any path survives the way the kernel writes it', () => {
  const path = fc
    .string({ unit: fc.constantFrom(' ', '\t', '\n', '\\', 'a', '-', '0', '4', 'é', '中') })
    .map((name) => `/${name}`)
  fc.assert(
    fc.property(path, (mount) => {
      const octal = [...mount]
        .map((char) =>
          ' \t\n\\'.includes(char) ? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}` : char,
        )
        .join('')
      const line = `36 35 8:1 / ${octal} rw,noatime master:1 - ext3 /dev/root rw`
      expect(parseMountinfo(line)[0]?.mount).toBe(mount)
    }),
  )
})

test('garbage gives no exception and no unnamed mount', () => {
  fc.assert(
    fc.property(garbage, (text) => {
      for (const { fs, mounts } of filesystems(`${text}\n1 1 1:1 ${text}`)) {
        expect(fs).not.toBe('')
        expect(mounts.every((mount) => mount !== '')).toBe(true)
      }
    }),
  )
})
