import { cardErrorOf, describeCode, NOT_SUPPORTED, SUCCESS } from './codes.js'
import type { Device, Nvml, NvmlFunction } from './library.js'
import { toMebibytes } from './process-list.js'

/** The card itself is in trouble: nothing more can be read of it. */
export class CardError extends Error {
  override readonly name = 'CardError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** One handle, with typed answers. A value that is not to be had is null; a sick card throws CardError. */
export interface DeviceReader {
  uint(name: NvmlFunction, ...args: number[]): number | null
  ulong(name: NvmlFunction, ...args: number[]): bigint | null
  text(name: NvmlFunction): string | null
  /** Fills the buffer; false where the value is not to be had. */
  fill(name: NvmlFunction, buffer: Buffer): boolean
  memory(): Memory | null
  /** NVML's own code, for a call that has more answers than yes and no. */
  call(name: NvmlFunction, ...args: (number | Buffer)[]): number
}

export interface Memory {
  /** unified: it has none of its own, so the driver does not tell. */
  kind: 'dedicated' | 'unified'
  total_mb: number | null
  used_mb: number | null
  reserved_mb: number | null
}

// Buffers are shared by all calls: the child does one thing at a time.
const word = Buffer.alloc(8)
const name = Buffer.alloc(96)
const memoryV2 = Buffer.alloc(40)
const memoryV1 = Buffer.alloc(24)

export function createDeviceReader(nvml: Nvml, device: Device): DeviceReader {
  function call(name: NvmlFunction, ...args: (number | Buffer)[]): number {
    return nvml.call(name, device, ...args)
  }

  function isRead(code: number): boolean {
    const trouble = cardErrorOf(code)
    if (trouble !== undefined) throw new CardError(trouble, describeCode(code))
    return code === SUCCESS
  }

  const fill = (name: NvmlFunction, buffer: Buffer) => isRead(call(name, buffer))

  return {
    call,
    fill,
    uint: (name, ...args) => (isRead(call(name, ...args, word)) ? word.readUInt32LE() : null),
    ulong: (name, ...args) => (isRead(call(name, ...args, word)) ? word.readBigUInt64LE() : null),
    text(what) {
      name.fill(0)
      if (!isRead(call(what, name, name.length))) return null
      return name.toString('utf8', 0, name.indexOf(0)).trim() || null
    },
    memory() {
      memoryV2.fill(0)
      memoryV2.writeUInt32LE(0x0200_0028)
      if (fill('nvmlDeviceGetMemoryInfo_v2', memoryV2)) {
        return {
          kind: 'dedicated',
          total_mb: toMebibytes(memoryV2.readBigUInt64LE(8)),
          reserved_mb: toMebibytes(memoryV2.readBigUInt64LE(16)),
          used_mb: toMebibytes(memoryV2.readBigUInt64LE(32)),
        }
      }
      // Older drivers have only this one, and WSL has been seen to answer only this one.
      const code = call('nvmlDeviceGetMemoryInfo', memoryV1)
      if (code === NOT_SUPPORTED) {
        return { kind: 'unified', total_mb: null, used_mb: null, reserved_mb: null }
      }
      if (!isRead(code)) return null
      return {
        kind: 'dedicated',
        total_mb: toMebibytes(memoryV1.readBigUInt64LE(0)),
        reserved_mb: null,
        used_mb: toMebibytes(memoryV1.readBigUInt64LE(16)),
      }
    },
  }
}
