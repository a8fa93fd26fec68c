// Imports nothing: the reader's thread loads it as well, and the browser.

export const TABLE = 'samples_hourly'

export const HOUR_S = 3600

/** What version 1.0 kept of each hour; every other metric's columns are added beside these. */
export const version1Columns = [
  'cpu_pct_avg',
  'cpu_pct_max',
  'mem_pct_avg',
  'mem_pct_max',
  'disk_pct_avg',
  'disk_pct_max',
  'net_rx_bps_avg',
  'net_tx_bps_avg',
  'gpu_util_pct_avg',
  'gpu_util_pct_max',
  'gpu_mem_used_mb_avg',
  'gpu_mem_used_mb_max',
  'gpu_mem_total_mb',
] as const
