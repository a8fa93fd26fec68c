import { existsSync } from 'node:fs'
import { INSUFFICIENT_SIZE, SUCCESS } from './codes.js'
import type { DeviceReader } from './device.js'
import type { Nvml, NvmlFunction } from './library.js'
import {
  decodeProcesses,
  expectedSize,
  type ListedProcess,
  mergeProcesses,
} from './process-list.js'

const kinds = [
  ['nvmlDeviceGetComputeRunningProcesses_v3', 'nvmlDeviceGetComputeRunningProcesses_v2'],
  ['nvmlDeviceGetGraphicsRunningProcesses_v3', 'nvmlDeviceGetGraphicsRunningProcesses_v2'],
] as const satisfies NvmlFunction[][]

/** The largest structure that has ever been filled under these names, bytes. */
const LARGEST = 32
const MAX_PROCESSES = 4096

const count = Buffer.alloc(4)
let buffer = Buffer.alloc(LARGEST * 64)

/** Who computes or draws on a card; null where that is not to be had. */
export function readProcesses(
  nvml: Nvml,
  reader: DeviceReader,
  pidsKnown: boolean,
): ListedProcess[] | null {
  const size = expectedSize({
    confComputeMemSizeInfo: nvml.has('nvmlDeviceGetConfComputeMemSizeInfo'),
    runningProcessDetailList: nvml.has('nvmlDeviceGetRunningProcessDetailList'),
  })
  const isAlive = (pid: number) => !pidsKnown || existsSync(`/proc/${pid}`)
  const lists = kinds.map(([newer, older]) => {
    const found = list(reader, nvml.has(newer) ? newer : older)
    return found === null ? null : decodeProcesses(buffer, found, size, isAlive)
  })
  const known = lists.filter((list) => list !== null)
  return known.length === 0 ? null : mergeProcesses(...known)
}

/** Fills the buffer. @returns how many there are */
function list(reader: DeviceReader, name: NvmlFunction): number | null {
  for (;;) {
    const room = buffer.length / LARGEST
    buffer.fill(0)
    count.writeUInt32LE(room)
    const code = reader.call(name, count, buffer)
    const found = count.readUInt32LE()
    if (code === SUCCESS) return Math.min(found, room)
    if (code !== INSUFFICIENT_SIZE || room >= MAX_PROCESSES) return null
    buffer = Buffer.alloc(LARGEST * Math.min(MAX_PROCESSES, Math.max(found, room) + 16))
  }
}
