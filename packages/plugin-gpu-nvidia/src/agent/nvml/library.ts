import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { KoffiFunc, LibraryHandle } from 'koffi'
import { FUNCTION_NOT_FOUND } from './codes.js'
import { libraryFolders, libraryName } from './library-folders.js'

/** A handle of a card, an address that only the driver understands. */
export type Device = bigint

/**
 * The functions we use, and the types of their parameters. A structure is a raw buffer, which
 * we read ourselves: its layout depends on the driver, and that is ten times cheaper.
 */
const signatures = {
  nvmlInit_v2: [],
  nvmlShutdown: [],
  nvmlDeviceGetCount_v2: ['void *'],
  nvmlDeviceGetHandleByIndex_v2: ['uint32_t', 'void *'],
  nvmlDeviceGetName: ['uint64_t', 'void *', 'uint32_t'],
  nvmlDeviceGetUUID: ['uint64_t', 'void *', 'uint32_t'],
  nvmlDeviceGetPciInfo_v3: ['uint64_t', 'void *'],
  nvmlDeviceGetUtilizationRates: ['uint64_t', 'void *'],
  nvmlDeviceGetMemoryInfo_v2: ['uint64_t', 'void *'],
  nvmlDeviceGetMemoryInfo: ['uint64_t', 'void *'],
  nvmlDeviceGetTemperature: ['uint64_t', 'uint32_t', 'void *'],
  nvmlDeviceGetPowerUsage: ['uint64_t', 'void *'],
  nvmlDeviceGetEnforcedPowerLimit: ['uint64_t', 'void *'],
  nvmlDeviceGetClockInfo: ['uint64_t', 'uint32_t', 'void *'],
  nvmlDeviceGetFanSpeed: ['uint64_t', 'void *'],
  nvmlDeviceGetCurrentClocksEventReasons: ['uint64_t', 'void *'],
  nvmlDeviceGetCurrentClocksThrottleReasons: ['uint64_t', 'void *'],
  nvmlDeviceGetTotalEccErrors: ['uint64_t', 'uint32_t', 'uint32_t', 'void *'],
  nvmlDeviceGetCurrPcieLinkGeneration: ['uint64_t', 'void *'],
  nvmlDeviceGetCurrPcieLinkWidth: ['uint64_t', 'void *'],
  nvmlDeviceGetMaxPcieLinkGeneration: ['uint64_t', 'void *'],
  nvmlDeviceGetMaxPcieLinkWidth: ['uint64_t', 'void *'],
  nvmlDeviceGetMigMode: ['uint64_t', 'void *', 'void *'],
  nvmlDeviceGetMaxMigDeviceCount: ['uint64_t', 'void *'],
  nvmlDeviceGetMigDeviceHandleByIndex: ['uint64_t', 'uint32_t', 'void *'],
  nvmlDeviceGetGpuInstanceId: ['uint64_t', 'void *'],
  nvmlDeviceGetComputeInstanceId: ['uint64_t', 'void *'],
  nvmlDeviceGetComputeRunningProcesses_v3: ['uint64_t', 'void *', 'void *'],
  nvmlDeviceGetComputeRunningProcesses_v2: ['uint64_t', 'void *', 'void *'],
  nvmlDeviceGetGraphicsRunningProcesses_v3: ['uint64_t', 'void *', 'void *'],
  nvmlDeviceGetGraphicsRunningProcesses_v2: ['uint64_t', 'void *', 'void *'],
  // Never called: whether they are there tells how large a process structure is.
  nvmlDeviceGetConfComputeMemSizeInfo: ['uint64_t', 'void *'],
  nvmlDeviceGetRunningProcessDetailList: ['uint64_t', 'void *'],
} as const

export type NvmlFunction = keyof typeof signatures

/** The driver's management library, as far as this version of it has what we ask for. */
export interface Nvml {
  /** @returns NVML's code; FUNCTION_NOT_FOUND where the library lacks the function */
  call(name: NvmlFunction, ...args: (bigint | number | Buffer)[]): number
  has(name: NvmlFunction): boolean
}

type Bound = KoffiFunc<(...args: (bigint | number | Buffer)[]) => number>

/** Rejects where there is no library, or koffi has no binary for this machine. */
export async function loadNvml(): Promise<Nvml> {
  const { load } = await import('koffi')
  const library = loadLibrary(load)
  const bound = new Map<NvmlFunction, Bound | null>()

  function bind(name: NvmlFunction): Bound | null {
    try {
      return library.func(name, 'int', [...signatures[name]])
    } catch {
      return null
    }
  }

  function find(name: NvmlFunction): Bound | null {
    let found = bound.get(name)
    if (found === undefined) {
      found = bind(name)
      bound.set(name, found)
    }
    return found
  }

  return {
    call: (name, ...args) => find(name)?.(...args) ?? FUNCTION_NOT_FOUND,
    has: (name) => find(name) !== null,
  }
}

/** The linker's own ways come first, `LD_LIBRARY_PATH` among them. */
function loadLibrary(load: (path: string) => LibraryHandle): LibraryHandle {
  try {
    return load(libraryName)
  } catch (error) {
    const path = libraryFolders.map((folder) => join(folder, libraryName)).find(existsSync)
    if (path === undefined) throw error
    return load(path)
  }
}
