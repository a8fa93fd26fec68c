/** What the agent of a server with eight cards says: about 3.3 kB. */
export function gpuSnapshot(turn: number) {
  const drift = (base: number) => Math.round((base + (turn % 17) * 0.7) * 10) / 10
  return {
    ts: 1_763_875_200 + turn * 5,
    hostname: 'gpu-01',
    agent_version: '1.1.0',
    uptime_s: 86_400 + turn * 5,
    cpu_pct: drift(12.3),
    cpu_count: 64,
    load_1: drift(3.1),
    load_5: drift(2.8),
    load_15: drift(2.2),
    mem_used_mb: 51_234 + turn,
    mem_total_mb: 515_000,
    mem_pct: drift(9.9),
    swap_used_mb: 0,
    swap_total_mb: 8191,
    disks: [
      { mount: '/', fs: 'ext4', used_mb: 91_220, total_mb: 467_912, used_pct: 20.5 },
      { mount: '/data', fs: 'xfs', used_mb: 5_120_332, total_mb: 7_629_824, used_pct: 67.1 },
    ],
    disk_pct: 67.1,
    net_rx_bps: 118_244 + turn * 97,
    net_tx_bps: 90_122 + turn * 31,
    disk_read_bps: 4096 * turn,
    disk_write_bps: 16_384 * turn,
    gpus: Array.from({ length: 8 }, (_, index) => ({
      index,
      uuid: `GPU-5f2b1c9e-7a${index}d-4c1e-9b52-0d6f3a8e41${index}7`,
      name: 'NVIDIA H100 80GB HBM3',
      vendor: 'nvidia',
      bus_id: `00000000:${index}7:00.0`,
      state: 'ok',
      util_pct: (turn * 7 + index * 11) % 101,
      mem_used_mb: 41_000 + turn * 3 + index,
      mem_total_mb: 81_559,
      temperature_c: 45 + index,
      power_w: drift(412.5),
      power_limit_w: 700,
      fan_pct: null,
      clocks_mhz: { graphics: 1755, memory: 2619, sm: 1755 },
      pcie: { generation: 5, width: 16 },
    })),
    collectors: {
      system: { ok: true, ms: 0.4, age_s: 0 },
      'gpu-nvidia': { ok: true, ms: 3.1, age_s: 0 },
    },
  }
}

/** The same numbers in Prometheus' text format; texts stand once, as labels of an info metric. */
export function expositionOf(snapshot: ReturnType<typeof gpuSnapshot>): string {
  const lines: string[] = []
  const labels = new Map<string, string>()
  const write = (path: string[], label: string, value: unknown): void => {
    if (typeof value === 'number') lines.push(`mon_${path.join('_')}${label} ${value}`)
    else if (typeof value === 'boolean')
      lines.push(`mon_${path.join('_')}${label} ${Number(value)}`)
    else if (typeof value === 'string') labels.set([...path, label].join('_'), value)
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) write(path, `{index="${index}"}`, item)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        write([...path, key.replaceAll('-', '_')], label, item)
      }
    }
  }
  write([], '', snapshot)
  const info = [...labels].map(([name, text]) => `${name.replaceAll(/\W+/g, '_')}="${text}"`)
  return `${lines.join('\n')}\nmon_info{${info.join(',')}} 1\n`
}
