import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGuard, MonError, messageOf, refuseOpenFile } from '@mon/core'
import { ProxyConfig } from '../proxy-config.js'

const isProxyConfig = createGuard(ProxyConfig)

/** The tunnel's configuration as the agent was last given it, in a folder of its own. */
export interface SavedConfig {
  file: string
  /**
   * @returns null where none was saved yet
   * @throws MonError SECRET_TOO_OPEN when others can read it or write to its folder, CONFIG_INVALID
   * when it is damaged
   */
  read(): Promise<ProxyConfig | null>
  write(config: ProxyConfig): Promise<void>
}

export function createSavedConfig(state_dir: string): SavedConfig {
  const file = join(state_dir, 'proxy.json')

  async function makeFolder(): Promise<void> {
    // Only the last folder is ours: those above it stay as they are, or get their usual mode.
    const made = await mkdir(state_dir, { recursive: true })
    if (made !== undefined) await chmod(state_dir, 0o700)
  }

  /** What lies there is believed, and says which process is ours to end. */
  async function refuseOpenFolder(): Promise<void> {
    const found = await stat(state_dir).catch(() => null)
    if (found === null || process.platform === 'win32' || (found.mode & 0o022) === 0) return
    throw new MonError('SECRET_TOO_OPEN', `state_dir: others can write to ${state_dir}.`, {
      hint: `Run: chmod 700 '${state_dir}'`,
    })
  }

  return {
    file,
    async read() {
      await refuseOpenFolder()
      const text = await readPrivate(file)
      if (text === null) return null
      const config = parse(text)
      if (isProxyConfig(config)) return config
      throw new MonError('CONFIG_INVALID', `${file} is damaged.`, {
        hint: 'Delete it, and save the tunnel again on the aggregator.',
      })
    },
    async write(config) {
      await makeFolder()
      await refuseOpenFolder()
      const draft = `${file}.${randomBytes(6).toString('hex')}`
      try {
        const handle = await open(draft, 'wx', 0o600)
        try {
          await handle.writeFile(`${JSON.stringify(config, null, 2)}\n`)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(draft, file)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

async function readPrivate(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new MonError('CONFIG_UNREADABLE', `${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Run this as the user that the agent runs as.',
      cause: error,
    })
  })
  if (handle === null) return null
  try {
    const { mode } = await handle.stat()
    refuseOpenFile(file, mode, 'state_dir')
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
