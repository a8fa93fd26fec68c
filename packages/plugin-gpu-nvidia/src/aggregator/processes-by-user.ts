import { type Static, Type } from '@mon/core'
import { GpuProcess } from '../gpu-info.js'
import type { FleetCard } from './fleet-cards.js'

/** What one user runs on the cards of the fleet. */
export const UserProcesses = Type.Object({
  user: Type.Union([Type.String(), Type.Null()], { description: 'null: it is not known whose' }),
  gpu_count: Type.Integer({ description: 'Cards that they have a process on' }),
  mem_used_mb: Type.Union([Type.Number(), Type.Null()]),
  processes: Type.Array(
    Type.Object({
      server_id: Type.Integer(),
      server: Type.String(),
      gpu_index: Type.Number(),
      gpu_uuid: Type.Union([Type.String(), Type.Null()]),
      ...GpuProcess.properties,
    }),
  ),
})
export type UserProcesses = Static<typeof UserProcesses>

/** Who uses what; whoever holds the most memory comes first. */
export function processesByUser(cards: readonly FleetCard[]): UserProcesses[] {
  const byUser = new Map<string | null, UserProcesses['processes']>()
  for (const { server_id, server, index, uuid = null, processes } of cards) {
    for (const process of processes ?? []) {
      const where = { server_id, server, gpu_index: index, gpu_uuid: uuid }
      byUser.set(process.user, [...(byUser.get(process.user) ?? []), { ...where, ...process }])
    }
  }
  return [...byUser]
    .map(([user, processes]) => ({
      user,
      gpu_count: new Set(processes.map(({ server_id, gpu_index }) => `${server_id} ${gpu_index}`))
        .size,
      mem_used_mb: sum(processes.flatMap(({ mem_used_mb }) => mem_used_mb ?? [])),
      processes,
    }))
    .sort((a, b) => (b.mem_used_mb ?? 0) - (a.mem_used_mb ?? 0))
}

function sum(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
}
