import { type CardIdentity, orNull } from '../card.js'
import { throttleReasons } from '../throttle.js'
import { CardError, createDeviceReader, type DeviceReader } from './device.js'
import type { Device, Nvml } from './library.js'
import type { NvmlCard, SweepRequest } from './protocol.js'
import { readMig } from './read-mig.js'
import { readProcesses } from './read-processes.js'

/** An opened card: who it is does not change as long as the driver is loaded. */
export interface OpenedCard {
  identity: CardIdentity
  device: Device
}

/** Reads all of one card. A card in trouble keeps what could be read before it was found out. */
export function readCard(
  nvml: Nvml,
  { identity, device }: OpenedCard,
  request: Pick<SweepRequest, 'slow' | 'pids_known'>,
): NvmlCard {
  const reader = createDeviceReader(nvml, device)
  const card: NvmlCard = {
    ...identity,
    util_pct: null,
    mem_used_mb: null,
    mem_total_mb: null,
    temperature_c: null,
    vendor: 'nvidia',
    state: 'ok',
    errors: [],
  }
  try {
    readFastFields(reader, card)
    if (request.slow) readSlowFields(nvml, reader, card, request.pids_known)
  } catch (error) {
    if (!(error instanceof CardError)) throw error
    card.state = error.code === 'lost' ? 'lost' : 'error'
    card.errors = [{ code: error.code, message: error.message }]
    if (card.state === 'lost') Object.assign(card, { util_pct: null, mem_used_mb: null })
  }
  return card
}

const utilization = Buffer.alloc(8)

function readFastFields(reader: DeviceReader, card: NvmlCard): void {
  if (reader.fill('nvmlDeviceGetUtilizationRates', utilization)) {
    card.util_pct = utilization.readUInt32LE(0)
  }
  const memory = reader.memory()
  card.mem_used_mb = memory?.used_mb ?? null
  card.mem_total_mb = memory?.total_mb ?? null
  card.mem_reserved_mb = memory?.reserved_mb ?? null
  card.memory_kind = memory?.kind ?? null
  card.temperature_c = reader.uint('nvmlDeviceGetTemperature', 0)
  card.power_w = toWatts(reader.uint('nvmlDeviceGetPowerUsage'))
  card.power_limit_w = toWatts(reader.uint('nvmlDeviceGetEnforcedPowerLimit'))
  card.fan_pct = reader.uint('nvmlDeviceGetFanSpeed')
  card.clocks_mhz = orNull({
    graphics: reader.uint('nvmlDeviceGetClockInfo', 0),
    sm: reader.uint('nvmlDeviceGetClockInfo', 1),
    memory: reader.uint('nvmlDeviceGetClockInfo', 2),
  })
  const reasons =
    reader.ulong('nvmlDeviceGetCurrentClocksEventReasons') ??
    reader.ulong('nvmlDeviceGetCurrentClocksThrottleReasons')
  card.throttle = reasons === null ? null : throttleReasons(reasons)
}

const CORRECTED = 0
const UNCORRECTED = 1
const SINCE_LOADED = 0
const EVER = 1

function readSlowFields(
  nvml: Nvml,
  reader: DeviceReader,
  card: NvmlCard,
  pidsKnown: boolean,
): void {
  const ecc = (kind: number, span: number) => {
    const count = reader.ulong('nvmlDeviceGetTotalEccErrors', kind, span)
    return count === null ? null : Number(count)
  }
  card.ecc = orNull({
    corrected: ecc(CORRECTED, SINCE_LOADED),
    uncorrected: ecc(UNCORRECTED, SINCE_LOADED),
    corrected_total: ecc(CORRECTED, EVER),
    uncorrected_total: ecc(UNCORRECTED, EVER),
  })
  card.pcie = orNull({
    gen: reader.uint('nvmlDeviceGetCurrPcieLinkGeneration'),
    width: reader.uint('nvmlDeviceGetCurrPcieLinkWidth'),
    gen_max: reader.uint('nvmlDeviceGetMaxPcieLinkGeneration'),
    width_max: reader.uint('nvmlDeviceGetMaxPcieLinkWidth'),
  })
  card.mig = readMig(nvml, reader)
  card.processes = readProcesses(nvml, reader, pidsKnown)
}

function toWatts(milliwatts: number | null): number | null {
  return milliwatts === null ? null : milliwatts / 1000
}
