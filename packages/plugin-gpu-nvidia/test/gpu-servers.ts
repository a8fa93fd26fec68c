import { failed, sampleCard, well } from '../src/aggregator/testdata/loopback-agent.js'

/** What the agent of a server says. */
export type Snapshot = Record<string, unknown>

const gigabyte = 1024
const unknown = { util_pct: null, mem_used_mb: null, temperature_c: null, power_w: null }

/** One server of every kind that the widgets tell apart. */
export const gpuServers: Record<string, Snapshot> = {
  'h100-train-01': server(46, {
    gpus: [68, 88, 87, 64, 93, 74, 0, 0].map((util, index) => {
      const user = index < 3 ? 'zhangwei' : 'lihua'
      const used = [40, 60.8, 67.2, 75.2, 68.8, 50.4, 0.8, 0.8][index] ?? 0
      return sampleCard(index, {
        util_pct: util,
        mem_used_mb: used * gigabyte,
        mem_reserved_mb: 479,
        temperature_c: [67, 78, 76, 84, 70, 74, 36, 33][index],
        power_w: [505, 561, 559, 694, 575, 522, 70, 70][index],
        throttle: index === 3 ? ['sw_thermal', 'power_cap'] : index === 1 ? ['power_cap'] : [],
        clocks_mhz: { graphics: 1980, sm: 1980, memory: 2619 },
        ecc: {
          corrected: 0,
          uncorrected: index === 4 ? 2 : 0,
          corrected_total: 12,
          uncorrected_total: 2,
        },
        pcie: { gen: 5, width: 16, gen_max: 5, width_max: 16 },
        processes:
          util === 0
            ? []
            : [
                {
                  pid: index < 3 ? 18244 : 18310,
                  user,
                  command: index < 3 ? 'python train.py --cfg vit_l --bs 512' : 'torchrun',
                  mem_used_mb: used * gigabyte,
                  container: index < 3 ? '3f4d2c1b0a99' : null,
                },
              ],
      })
    }),
  }),
  'dgx2-shared': server(52, {
    gpus: cards(16, 'Tesla V100-SXM3-32GB', 32_768, (index) => index % 5 === 2),
  }),
  'pool-20x-l40s': server(36, {
    gpus: cards(20, 'NVIDIA L40S', 46_068, (index) => index % 7 === 5),
  }),
  'ws-4090-cv': server(71, {
    gpus: cards(1, 'NVIDIA GeForce RTX 4090', 24_564, () => true),
  }),
  'storage-nas-01': server(13, { gpus: null }),
  'broken-driver': server(8, { gpus: null, collectors: failed }),
  'mixed-01': server(27, {
    collectors: {
      'gpu-nvidia': {
        ok: false,
        age_s: 40,
        code: 'COLLECTOR_TIMEOUT',
        message: 'The driver did not answer within 2 s at card 2.',
      },
    },
    gpus: [
      sampleCard(0, { name: 'NVIDIA A100-SXM4-80GB', util_pct: 79 }),
      sampleCard(1, {
        name: 'NVIDIA A100-SXM4-80GB',
        util_pct: 50,
        mem_used_mb: 30_000,
        state: 'stale',
        age_s: 40,
        errors: [{ code: 'stale', message: 'Last read 40 s ago' }],
      }),
      sampleCard(2, {
        name: 'NVIDIA A100-SXM4-80GB',
        ...unknown,
        state: 'error',
        errors: [
          { code: 'timeout', message: 'nvmlDeviceGetTemperature did not return within 2 s' },
        ],
      }),
      sampleCard(3, { name: 'NVIDIA T4', ...unknown, state: 'suspended' }),
      sampleCard(4, {
        name: 'NVIDIA A100-SXM4-80GB',
        util_pct: null,
        mem_used_mb: 20_000,
        processes: null,
        mig: [1, 2].map((instance) => ({
          uuid: `MIG-${instance}`,
          name: '3g.40gb',
          gpu_instance_id: instance,
          compute_instance_id: 0,
          mem_used_mb: 10_000,
          mem_total_mb: 40_192,
        })),
      }),
    ],
  }),
  'old-agent': {
    agent_version: '1.0.3',
    ...system(55),
    gpus: [20, 0].map((util_pct, index) => ({
      index,
      name: 'NVIDIA A40',
      util_pct,
      mem_used_mb: util_pct * 500,
      mem_total_mb: 46_068,
    })),
  },
}

/** `dgx2-shared` and another one, whose last card falls off the bus. */
export const beforeTheLoss = server(30, {
  gpus: cards(4, 'NVIDIA A100-SXM4-80GB', 81_920, (index) => index === 1),
})
export const afterTheLoss = server(30, {
  gpus: cards(3, 'NVIDIA A100-SXM4-80GB', 81_920, (index) => index === 1),
})

function cards(
  count: number,
  name: string,
  mem_total_mb: number,
  isFree: (index: number) => boolean,
) {
  return Array.from({ length: count }, (_, index) =>
    sampleCard(index, {
      name,
      mem_total_mb,
      uuid: `GPU-${name.replace(/\W/g, '')}-${index}`,
      util_pct: isFree(index) ? 0 : 50 + ((index * 13) % 50),
      mem_used_mb: isFree(index) ? 4 : Math.round(mem_total_mb * (0.3 + ((index * 7) % 60) / 100)),
      temperature_c: isFree(index) ? 34 : 60 + (index % 15),
      power_w: isFree(index) ? 20 : 200,
      power_limit_w: 300,
      processes: isFree(index)
        ? []
        : [
            {
              pid: 4000 + index,
              user: ['mkumar', 'sofia', null][index % 3],
              command: 'python3',
              mem_used_mb: 9000,
              container: null,
            },
          ],
    }),
  )
}

function server(cpu_pct: number, fields: Snapshot): Snapshot {
  return { ...system(cpu_pct), collectors: well, ...fields }
}

function system(cpu_pct: number): Snapshot {
  return {
    uptime_s: 182 * 86_400,
    cpu_pct,
    mem_pct: 61,
    mem_used_mb: 314_000,
    mem_total_mb: 515_000,
    disk_pct: 72,
    net_rx_bps: 9.3 * 1024 ** 2,
    net_tx_bps: 38.9 * 1024 ** 2,
  }
}
