import { performance } from 'node:perf_hooks'
import type { AgentContext } from '@mon/core'
import { gpuFields } from '../gpu-info.js'
import { createGpuCollection } from './collect-gpus.js'
import type { AgentConfig } from './config.js'
import { createExclusion } from './exclusion.js'
import { createCommandRunner } from './nvidia-smi/run-command.js'
import { createSmiSource } from './nvidia-smi/smi-source.js'
import { launchChild } from './nvml/launch-child.js'
import { createNvmlSource } from './nvml/nvml-source.js'
import { createPowerState } from './power-state.js'
import { findNvidia } from './presence.js'
import { createProcessDetails, seesHostPids } from './processes/process-details.js'

/** On a server with several cards one run of nvidia-smi takes seconds, and may take a quarter of a minute. */
const SMI_DEADLINE_MS = 20_000

/** Runs on each server: reads its cards when a snapshot is wanted. */
export function setup(ctx: AgentContext<AgentConfig>): void {
  const { config } = ctx
  const pids_known = seesHostPids()
  const describe = createProcessDetails({ detail: config.processes, pids_known })
  const slow_interval_ms = config.slow_interval_s * 1000
  const now = () => performance.now()
  const exclusion = createExclusion(config.leave_alone)

  const gpus = createGpuCollection({
    config,
    now,
    findNvidia: () => findNvidia({ ...config, env: process.env }),
    createNvml: () =>
      createNvmlSource({
        launch: launchChild,
        power: createPowerState(),
        describe,
        pids_known,
        exclusion,
        slow_interval_ms,
        now,
      }),
    createSmi: (program) =>
      createSmiSource({
        runner: createCommandRunner(program, SMI_DEADLINE_MS),
        describe,
        exclusion,
        slow_interval_ms,
        now,
      }),
  })

  ctx.collector({ fields: gpuFields, collect: async () => ({ gpus: await gpus.collect() }) })
  // The cards are listed although none can be read: that is not a collector that is well.
  ctx.hooks.snapshot.tap('gpu-nvidia', (snapshot) => {
    const message = gpus.trouble()
    const health = snapshot.collectors['gpu-nvidia']
    if (message === null || health === undefined || !health.ok) return snapshot
    const failed = { ...health, ok: false, code: 'COLLECTOR_FAILED', message }
    return { ...snapshot, collectors: { ...snapshot.collectors, 'gpu-nvidia': failed } }
  })
  ctx.hooks.doctor.tap('gpu-nvidia', (registry) =>
    registry.add({
      name: 'gpus',
      async run() {
        const cards = (await gpus.collect()) ?? []
        const sick = cards.filter(({ state }) => state !== 'ok' && state !== 'suspended')
        if (sick.length === 0) return cards.length === 0 ? 'no NVIDIA card' : `${cards.length} well`
        throw new Error(sick.map(({ index, state }) => `GPU ${index} is ${state}`).join(', '))
      },
    }),
  )
  ctx.onStop(() => gpus.stop())
}
