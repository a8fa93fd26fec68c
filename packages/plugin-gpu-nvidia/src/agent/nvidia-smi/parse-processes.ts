import { numberOf, readCell } from './cell.js'

/** A process on a card, before /proc was asked about it. */
export interface RawProcess {
  pid: number
  mem_used_mb: number | null
}

/** What to ask `--query-compute-apps` for; the name of a program may hold a comma and is not needed. */
export const processColumns = 'gpu_uuid,pid,used_gpu_memory'

/** Reads the answer: the processes of each card, by the card's uuid. */
export function parseProcesses(output: string): Map<string, RawProcess[]> {
  const byCard = new Map<string, RawProcess[]>()
  for (const line of output.split('\n')) {
    const [uuid = '', pid = '', memory = '', ...more] = line.split(',').map((cell) => cell.trim())
    if (more.length > 0 || !/^(?:GPU|MIG)-/.test(uuid) || !/^\d{1,10}$/.test(pid)) continue
    const process = { pid: Number(pid), mem_used_mb: numberOf(readCell(memory)) }
    byCard.set(uuid, [...(byCard.get(uuid) ?? []), process])
  }
  return byCard
}
