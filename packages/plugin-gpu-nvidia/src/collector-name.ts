/** Whether a collector is one of cards: `gpu-nvidia`, and `gpu-…` of other vendors. */
export function isGpuCollector(name: string): boolean {
  return /^gpus?(?:-|$)/.test(name)
}
