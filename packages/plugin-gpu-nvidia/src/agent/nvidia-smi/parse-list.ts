import type { MigInstance } from '../../gpu-info.js'

/** Reads `nvidia-smi -L`: the MIG instances of each card, by the card's uuid. */
export function parseList(output: string): Map<string, MigInstance[]> {
  const byCard = new Map<string, MigInstance[]>()
  let instances: MigInstance[] = []
  for (const line of output.split('\n')) {
    const card = /^GPU \d+:.*\(UUID: (GPU-[0-9a-f-]+)\)\s*$/i.exec(line)?.[1]
    if (card !== undefined) {
      instances = []
      byCard.set(card, instances)
      continue
    }
    const [, name, uuid] =
      /^\s+MIG (\S+)\s+Device\s+\d+:\s+\(UUID: (MIG-[\w/-]+)\)\s*$/.exec(line) ?? []
    if (name === undefined || uuid === undefined) continue
    instances.push({
      uuid,
      name,
      gpu_instance_id: null,
      compute_instance_id: null,
      mem_used_mb: null,
      mem_total_mb: null,
    })
  }
  return byCard
}
