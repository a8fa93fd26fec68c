import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLinuxSystem } from './linux.js'

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/dev/fuse')

/**
 * A FUSE filesystem whose server never answers, in a mount namespace of its own so that nothing
 * else on the machine can run into it. It is gone with the process that holds `/dev/fuse` open.
 */
const MOUNT = `exec 3<>/dev/fuse
mount -i -t fuse.dead -o fd=3,rootmode=40000,user_id=0,group_id=0 none "$1" || exit
echo mounted; read -r _`

test.runIf(canMount)('a mount that is really dead does not hold the answer', async ({ skip }) => {
  const directory = mkdtempSync(join(tmpdir(), 'mon-hung-'))
  const mount = join(directory, 'dead')
  mkdirSync(mount)
  const holder = spawn('unshare', ['-m', 'bash', '-c', MOUNT, 'bash', mount])
  try {
    const first = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])
    if (String(first[0]).trim() !== 'mounted') skip('mounting is not allowed here')

    // The machine as that process sees it.
    mkdirSync(join(directory, 'proc/self'), { recursive: true })
    symlinkSync(`/proc/${holder.pid}/mountinfo`, join(directory, 'proc/self/mountinfo'))
    const system = createLinuxSystem({
      procfs: join(directory, 'proc'),
      statfs: (path) => statfs(`/proc/${holder.pid}/root${path}`),
    })
    for (const _ of [1, 2]) {
      const { disks } = await system.sample()
      expect(disks).toContainEqual({
        mount,
        fs: 'fuse.dead',
        used_mb: null,
        total_mb: null,
        used_pct: null,
      })
      expect(disks?.find((disk) => disk.mount === '/')?.used_pct).toBeGreaterThan(0)
    }
    system.stop()
  } finally {
    // Lets go of the thread that waits, too: the kernel answers it with an error.
    holder.kill('SIGKILL')
    await once(holder, 'close')
    rmSync(directory, { recursive: true })
  }
})
