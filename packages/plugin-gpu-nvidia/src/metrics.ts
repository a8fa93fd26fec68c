import type { Metric } from '@mon/core'

/** What the aggregator derives from the cards of a server. The first three are those of version 1.0. */
export const gpuMetrics: Metric[] = [
  {
    name: 'gpu_util_pct',
    unit: 'percent',
    label: { en: 'Busiest GPU', 'zh-CN': '最忙 GPU 使用率' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'gpu_mem_used_mb',
    unit: 'mebibytes',
    label: { en: 'GPU memory used', 'zh-CN': 'GPU 显存使用' },
    hourly: ['avg', 'max'],
  },
  {
    name: 'gpu_mem_total_mb',
    unit: 'mebibytes',
    label: { en: 'GPU memory', 'zh-CN': 'GPU 显存总量' },
    hourly: ['last'],
  },
  {
    // A stem of its own: the column gpu_util_pct_avg is the hour's average of the busiest card.
    name: 'gpu_util_mean_pct',
    field: 'gpu_util_pct_avg',
    unit: 'percent',
    label: { en: 'GPU utilisation, mean', 'zh-CN': 'GPU 平均使用率' },
    hourly: ['avg'],
  },
  {
    name: 'gpu_temp_c',
    field: 'gpu_temp_c_max',
    unit: 'celsius',
    label: { en: 'Hottest GPU', 'zh-CN': 'GPU 最高温度' },
    hourly: ['avg', 'max'],
  },
]
