import type { Metric } from '../metrics/metric.js'

/** What history, charts and Prometheus show of the system fields. */
export const systemMetrics: readonly Metric[] = [
  {
    name: 'cpu_pct',
    unit: 'percent',
    label: { en: 'CPU usage', 'zh-CN': 'CPU 使用率' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'mem_pct',
    unit: 'percent',
    label: { en: 'Memory usage', 'zh-CN': '内存使用率' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'disk_pct',
    unit: 'percent',
    label: { en: 'Fullest disk', 'zh-CN': '磁盘最高使用率' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'net_rx_bps',
    unit: 'bytes_per_second',
    label: { en: 'Network received', 'zh-CN': '网络接收' },
    hourly: ['avg'],
  },
  {
    name: 'net_tx_bps',
    unit: 'bytes_per_second',
    label: { en: 'Network sent', 'zh-CN': '网络发送' },
    hourly: ['avg'],
  },
  // Shown live and told to Prometheus; version 1.0 kept no history of them.
  { name: 'load_1', unit: 'count', label: { en: 'Load', 'zh-CN': '负载' }, hourly: [] },
  {
    name: 'disk_read_bps',
    unit: 'bytes_per_second',
    label: { en: 'Disk read', 'zh-CN': '磁盘读取' },
    hourly: [],
  },
  {
    name: 'disk_write_bps',
    unit: 'bytes_per_second',
    label: { en: 'Disk written', 'zh-CN': '磁盘写入' },
    hourly: [],
  },
]
