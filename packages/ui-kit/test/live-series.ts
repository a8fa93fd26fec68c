import type { LiveSeries, Metric } from '@mon/core'

const label = (en: string, zh: string) => ({ en, 'zh-CN': zh })

/** Those of the core, and one that only a plugin knows. */
export const liveMetrics: Metric[] = [
  { name: 'cpu_pct', unit: 'percent', label: label('CPU usage', 'CPU 使用率'), hourly: ['avg'] },
  { name: 'mem_pct', unit: 'percent', label: label('Memory usage', '内存使用率'), hourly: ['avg'] },
  { name: 'disk_pct', unit: 'percent', label: label('Fullest disk', '磁盘'), hourly: ['avg'] },
  {
    name: 'net_rx_bps',
    unit: 'bytes_per_second',
    label: label('Network received', '网络接收'),
    hourly: ['avg'],
  },
  {
    name: 'net_tx_bps',
    unit: 'bytes_per_second',
    label: label('Network sent', '网络发送'),
    hourly: ['avg'],
  },
  { name: 'open_files', unit: 'count', label: label('Open files', '打开的文件'), hourly: ['avg'] },
  { name: 'silent', unit: 'count', label: label('Silent', '从不出现'), hourly: ['avg'] },
]

const whole = 5
const coarse = 30

/**
 * Half an hour in points of 30 s, and the rest poll by poll; eight minutes of silence between the
 * forty-fourth and the thirty-sixth minute ago.
 */
export function liveSeries({ minutes = 60, now = Date.now() / 1000 } = {}): LiveSeries {
  const to = Math.floor(now)
  const from = to - minutes * 60
  const border = to - (to % coarse) - 30 * 60
  const times = [...steps(border - 30 * 60, border, coarse), ...steps(border, to + 1, whole)]
  const ts = times.filter((at) => at >= from && !(at > to - 43 * 60 && at < to - 36 * 60))
  const isSilent = (at: number) => at > to - 44 * 60 && at < to - 36 * 60
  const column = (level: number, swing: number, lift: number) =>
    ts.map((at) => {
      if (isSilent(at)) return null
      const wave = Math.sin(at / 240) + Math.sin(at / 57) / 2 + Math.sin(at / 11) / 4
      return Math.round((level + swing * wave + (at < border ? lift : 0)) * 100) / 100
    })
  const series = (level: number, swing: number) => ({
    min: column(level, swing, -swing / 3),
    max: column(level, swing, swing / 3),
  })
  const mebibyte = 1024 ** 2
  return {
    from,
    to,
    whole_from: ts.find((at) => at >= border) ?? null,
    ts,
    series: {
      cpu_pct: series(46, 14),
      mem_pct: series(61, 2),
      disk_pct: series(72, 0),
      net_rx_bps: series(14 * mebibyte, 6 * mebibyte),
      net_tx_bps: series(39 * mebibyte, 11 * mebibyte),
      open_files: series(1200, 60),
      silent: { min: ts.map(() => null), max: ts.map(() => null) },
    },
  }
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)
}
