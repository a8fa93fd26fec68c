/** Bytes in and out since boot, by device. */
export type Counters = ReadonlyMap<string, readonly [input: number, output: number]>

/** Bytes per second in and out, whole; null where the time before cannot be compared. */
export type Rates = readonly [input: number | null, output: number | null]

const UNKNOWN: Rates = [null, null]

/** A device keeps its name while it is put into or taken out of a bond: look again now and then. */
const RESELECT_AFTER_MS = 60_000

export interface TrafficMeter {
  /** `at` is monotonic, in milliseconds. */
  update(counters: Counters | null, at: number): Rates
}

/**
 * Turns counters into rates, summed over the devices that `select` leaves in.
 * A device that came or went in between is left out; one whose counter fell back (a driver
 * loaded anew, a 32-bit overflow) makes the whole interval unknown.
 */
export function createTrafficMeter(select: (names: string[]) => string[]): TrafficMeter {
  let previous: { counters: Counters; at: number } | null = null
  let selection: { key: string; names: string[]; at: number } | null = null

  function selected(counters: Counters, at: number): string[] {
    const names = [...counters.keys()]
    const key = names.join(' ')
    if (selection?.key !== key || at - selection.at >= RESELECT_AFTER_MS) {
      selection = { key, names: select(names), at }
    }
    return selection.names
  }

  return {
    update(counters, at) {
      const before = previous
      previous = counters && { counters, at }
      if (!counters || !before || at <= before.at) return UNKNOWN

      let common = 0
      let input = 0
      let output = 0
      for (const name of selected(counters, at)) {
        const earlier = before.counters.get(name)
        const later = counters.get(name)
        if (!earlier || !later) continue
        if (later[0] < earlier[0] || later[1] < earlier[1]) return UNKNOWN
        common += 1
        input += later[0] - earlier[0]
        output += later[1] - earlier[1]
      }
      if (common === 0) return UNKNOWN
      const seconds = (at - before.at) / 1000
      return [Math.round(input / seconds), Math.round(output / seconds)]
    },
  }
}
