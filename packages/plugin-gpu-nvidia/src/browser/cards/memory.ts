import type { Quantity, WidgetContext } from '@mon/ui-kit'
import type { GpuInfo } from '../../gpu-info.js'

type Memory = Pick<GpuInfo, 'mem_used_mb' | 'mem_total_mb'>

/** How full it is, percent. */
export function memoryPct({ mem_used_mb, mem_total_mb }: Memory): number | null {
  return typeof mem_used_mb === 'number' && mem_total_mb ? (mem_used_mb / mem_total_mb) * 100 : null
}

/** What is used in the unit of the whole, so that the two can be compared: `0.8` and `79.6 GB`. */
export function usedOfTotal(
  { mem_used_mb, mem_total_mb }: Memory,
  { fmt, i18n }: WidgetContext,
): { used: string; total: Quantity } {
  const total = fmt.measure(mem_total_mb, 'mebibytes')
  const scale = mebibytesIn.get(total.unit)
  if (typeof mem_used_mb !== 'number' || scale === undefined) {
    return { used: fmt.measure(mem_used_mb, 'mebibytes').text, total }
  }
  return { used: formatOf(i18n.locale).format(mem_used_mb / scale), total }
}

const mebibytesIn = new Map([
  ['MB', 1],
  ['GB', 1024],
  ['TB', 1024 ** 2],
])

/** They cost more to make than to use. */
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string): Intl.NumberFormat {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale, options)
  formats.set(locale, format)
  return format
}
