import { AsyncParallelHook, SyncWaterfallHook } from 'tapable'
import { createHostHooks } from '../plugin/hooks.js'
import type { Collection } from '../snapshot/collect.js'
import type { Snapshot } from '../snapshot/snapshot.js'

export function createAgentHooks() {
  return {
    ...createHostHooks(),
    /** A snapshot is wanted. Plugins take part through `ctx.collector()`. */
    collect: new AsyncParallelHook<[Collection]>(['collection'], 'collect'),
    /** Enrich or redact what is served. */
    snapshot: new SyncWaterfallHook<[Snapshot]>(['snapshot'], 'snapshot'),
  }
}

export type AgentHooks = ReturnType<typeof createAgentHooks>
