import type { MigInstance } from '../../gpu-info.js'
import { SUCCESS } from './codes.js'
import { createDeviceReader, type DeviceReader } from './device.js'
import type { Nvml } from './library.js'

const mode = Buffer.alloc(4)
const pendingMode = Buffer.alloc(4)
const handle = Buffer.alloc(8)

/** The MIG instances of a card; null where it is not partitioned. Their numbers may have holes. */
export function readMig(nvml: Nvml, reader: DeviceReader): MigInstance[] | null {
  const code = reader.call('nvmlDeviceGetMigMode', mode, pendingMode)
  if (code !== SUCCESS || mode.readUInt32LE() !== 1) return null
  const most = reader.uint('nvmlDeviceGetMaxMigDeviceCount') ?? 0
  const instances: MigInstance[] = []
  for (let index = 0; index < most; index += 1) {
    if (reader.call('nvmlDeviceGetMigDeviceHandleByIndex', index, handle) !== SUCCESS) continue
    instances.push(readInstance(createDeviceReader(nvml, handle.readBigUInt64LE())))
  }
  return instances
}

function readInstance(reader: DeviceReader): MigInstance {
  const memory = reader.memory()
  return {
    uuid: reader.text('nvmlDeviceGetUUID'),
    // "NVIDIA A100-SXM4-40GB MIG 1g.5gb": the card is known.
    name: reader.text('nvmlDeviceGetName')?.replace(/^.* MIG /, '') ?? null,
    gpu_instance_id: reader.uint('nvmlDeviceGetGpuInstanceId'),
    compute_instance_id: reader.uint('nvmlDeviceGetComputeInstanceId'),
    mem_used_mb: memory?.used_mb ?? null,
    mem_total_mb: memory?.total_mb ?? null,
  }
}
