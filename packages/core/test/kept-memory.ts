import { once } from 'node:events'

/** Looks into a process that was started with `--inspect`, through the address that it printed. */
export interface Inspected {
  /** What its JavaScript keeps, buffers included, once all garbage is collected; bytes. */
  keptMemory(): Promise<number>
  close(): void
}

export async function inspect(printed: string): Promise<Inspected> {
  const [address = ''] = /ws:\S+/.exec(printed) ?? []
  const socket = new WebSocket(address)
  await once(socket, 'open')
  let last = 0

  /** One call at a time. */
  async function call(method: string): Promise<Record<string, number>> {
    last += 1
    socket.send(JSON.stringify({ id: last, method }))
    for (;;) {
      const [{ data }] = await once(socket, 'message')
      const { id, result } = JSON.parse(data)
      if (id === last) return result
    }
  }

  return {
    async keptMemory() {
      await call('HeapProfiler.collectGarbage')
      const { usedSize = 0, backingStorageSize = 0 } = await call('Runtime.getHeapUsage')
      return usedSize + backingStorageSize
    },
    close: () => socket.close(),
  }
}
