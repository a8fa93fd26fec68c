import { MonError } from '../errors.js'
import type { AnyCollector, Collection } from './collect.js'
import { createCollectorRun } from './collector-run.js'

export interface Collectors {
  /**
   * @returns what takes part in each snapshot
   * @throws MonError FIELD_CLAIMED when another collector has declared one of its fields
   */
  add(plugin: string, collector: AnyCollector): (collection: Collection) => Promise<void>
  list(): readonly { plugin: string; name: string }[]
  /** Aborts the signal that the collectors were given. */
  stop(): void
}

/** All collectors of one agent. Each snapshot field has one owner. */
export function createCollectors({ now }: { now(): number }): Collectors {
  const ownerOfField = new Map<string, string>()
  const pluginOfName = new Map<string, string>()
  const stopping = new AbortController()

  function throwIfClaimed(plugin: string, field: string): void {
    const other = ownerOfField.get(field)
    if (other === undefined && !reservedFields.has(field)) return
    throw new MonError(
      'FIELD_CLAIMED',
      `Plugin "${plugin}": the snapshot field "${field}" belongs to ${other ?? 'core'}.`,
      {
        hint: `Give the field a name of its own, such as ${plugin.replaceAll('-', '_')}_${field}.`,
      },
    )
  }

  return {
    add(plugin, collector) {
      const name = collector.name ?? plugin
      if (pluginOfName.has(name)) {
        throw new MonError(
          'FIELD_CLAIMED',
          `Plugin "${plugin}": there is a collector "${name}" already.`,
        )
      }
      const fields = Object.keys(collector.fields)
      for (const field of fields) throwIfClaimed(plugin, field)
      const run = createCollectorRun(collector, { name, now, signal: stopping.signal })
      pluginOfName.set(name, plugin)
      for (const field of fields) ownerOfField.set(field, name)
      return run
    },
    list: () => [...pluginOfName].map(([name, plugin]) => ({ plugin, name })),
    stop: () => stopping.abort(),
  }
}

/** Fields that the host itself fills. */
const reservedFields = new Set(['ts', 'hostname', 'agent_version', 'collectors'])
