/** Bits of NVML's clocks event reasons that slow a card down; an idle one or a set clock does not. */
const reasons: readonly (readonly [bit: bigint, name: string])[] = [
  [0x04n, 'power_cap'],
  [0x08n, 'hw_slowdown'],
  [0x20n, 'sw_thermal'],
  [0x40n, 'hw_thermal'],
  [0x80n, 'power_brake'],
]

export function throttleReasons(bits: bigint): string[] {
  return reasons.filter(([bit]) => (bits & bit) !== 0n).map(([, name]) => name)
}
