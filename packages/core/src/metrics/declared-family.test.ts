import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declaredFamily, formatDeclared } from './declared-family.js'
import { Metric } from './metric.js'

const label = { en: 'GPU temperature', 'zh-CN': 'GPU 温度' }
const metric = (name: string, unit: Metric['unit']): Metric => ({ name, unit, label, hourly: [] })

describe('a declared metric, to Prometheus,', () => {
  it.each([
    ['cpu_pct', 'percent', 'mon_cpu_ratio', 12.5, 0.125],
    ['gpu_util_mean_pct', 'percent', 'mon_gpu_util_mean_ratio', 100, 1],
    ['gpu_mem_used_mb', 'mebibytes', 'mon_gpu_mem_used_bytes', 1.5, 1_572_864],
    ['net_rx_bps', 'bytes_per_second', 'mon_net_rx_bytes_per_second', 900, 900],
    ['gpu_temp_c', 'celsius', 'mon_gpu_temp_celsius', 51, 51],
    ['gpu_power_w', 'watts', 'mon_gpu_power_watts', 300, 300],
    ['uptime_s', 'seconds', 'mon_uptime_seconds', 5, 5],
    ['open_files', 'count', 'mon_open_files', 7, 7],
    ['gpu_count', 'count', 'mon_gpu', 8, 8],
    ['boot_seconds', 'seconds', 'mon_boot_seconds', 5, 5],
    ['pct', 'percent', 'mon_pct_ratio', 50, 0.5],
  ] as const)('%s in %s is %s', (name, unit, family, value, inBaseUnit) => {
    expect(declaredFamily(metric(name, unit))).toMatchObject({ name: family, type: 'gauge' })
    expect(declaredFamily(metric(name, unit)).toBaseUnit(value)).toBe(inBaseUnit)
  })

  it('always has a name that Prometheus takes', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,55}$/)
    const unit = fc.constantFrom(...Metric.properties.unit.anyOf.map((each) => each.const))
    fc.assert(
      fc.property(name, unit, (name, unit) => {
        expect(declaredFamily(metric(name, unit)).name).toMatch(/^mon_[a-z0-9_]+$/)
      }),
    )
  })

  it('has one sample for each server that knows its value', () => {
    const field = { ...metric('gpu_temp_c', 'celsius'), field: 'gpu_temp_c_max' }
    const servers = [
      { labels: '{server="a"}', fields: { gpu_temp_c_max: 51 } },
      { labels: '{server="b"}', fields: { gpu_temp_c_max: null, gpu_temp_c: 1 } },
      { labels: '{server="c"}', fields: { gpu_temp_c_max: 'hot' } },
      { labels: '{server="d"}', fields: undefined },
    ]
    expect([...formatDeclared(field, servers)].join('')).toBe(
      '# HELP mon_gpu_temp_celsius GPU temperature\n' +
        '# TYPE mon_gpu_temp_celsius gauge\n' +
        'mon_gpu_temp_celsius{server="a"} 51\n',
    )
  })
})
