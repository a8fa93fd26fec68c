import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { libraryFolders, libraryName } from './nvml/library-folders.js'

/** What of NVIDIA there is on this machine, found without touching it. */
export interface Presence {
  /** The driver is loaded, or its library is installed. */
  nvml: boolean
  /** The nvidia-smi command; null where there is none. */
  smi: string | null
}

export interface PresenceOptions {
  nvidia_smi_path: string
  env: Readonly<Record<string, string | undefined>>
}

export function findNvidia({ nvidia_smi_path, env }: PresenceOptions): Presence {
  const folders = [...(env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean), ...libraryFolders]
  return {
    nvml:
      process.platform === 'linux' &&
      (existsSync('/proc/driver/nvidia/version') ||
        folders.some((folder) => existsSync(join(folder, libraryName)))),
    smi: findCommand(nvidia_smi_path, env.PATH ?? ''),
  }
}

function findCommand(name: string, path: string): string | null {
  if (/[/\\]/.test(name)) return isFile(name) ? name : null
  const endings = process.platform === 'win32' ? ['.exe', ''] : ['']
  const candidates = path
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
  return candidates.find(isFile) ?? null
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
