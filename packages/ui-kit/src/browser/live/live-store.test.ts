import { describe, expect, it } from 'vitest'
import { createLiveStore } from './live-store.js'
import type { Server } from './server.js'

const server = (id: number, latest: Server['latest'] = null): Server => ({
  id,
  name: `gpu-0${id}`,
  base_url: `http://10.0.0.${id}:7881`,
  tags: [],
  enabled: true,
  poll_interval_s: null,
  state: 'online',
  last_seen: 1,
  last_error: null,
  latest,
})

/** A store whose animation frames come when the test says so. */
function storeWithFrames() {
  const frames: (() => void)[] = []
  const store = createLiveStore((flush) => frames.push(flush))
  const paint = () => {
    for (const flush of frames.splice(0)) flush()
  }
  return { store, paint, frames }
}

describe('The live store', () => {
  it('calls back once per frame, however many events came', () => {
    const { store, paint, frames } = storeWithFrames()
    let calls = 0
    store.onChange(() => calls++)
    store.replaceAll([server(1)])
    store.apply({ 1: { latest: { cpu_pct: 1 } } })
    store.apply({ 1: { latest: { cpu_pct: 2 } } })
    expect(calls).toBe(0)
    expect(frames).toHaveLength(1)
    paint()
    expect(calls).toBe(1)
    expect(store.servers.get('1')?.latest).toEqual({ cpu_pct: 2 })
  })

  it('wakes only those who watch a server that changed', () => {
    const { store, paint } = storeWithFrames()
    store.replaceAll([server(1), server(2)])
    paint()
    const woken: string[] = []
    store.onServerChange('1', () => woken.push('1'))
    store.onServerChange('2', () => woken.push('2'))
    store.apply({ 2: { last_seen: 2 } })
    paint()
    expect(woken).toEqual(['2'])
  })

  it('wakes those who watch a field only when its value is another', () => {
    const { store, paint } = storeWithFrames()
    store.replaceAll([server(1, { gpus: null, cpu_pct: 1 })])
    paint()
    const seen: unknown[] = []
    store.onFieldChange('1', 'gpus', () => seen.push(store.servers.get('1')?.latest?.gpus))
    store.apply({ 1: { latest: { cpu_pct: 2 } } })
    paint()
    store.apply({ 1: { latest: { gpus: [] } } })
    paint()
    expect(seen).toEqual([[]])
  })

  it('tells the watchers of a server that a new fleet no longer has', () => {
    const { store, paint } = storeWithFrames()
    store.replaceAll([server(1)])
    paint()
    let present: boolean | undefined
    store.onServerChange('1', () => {
      present = store.servers.has('1')
    })
    store.replaceAll([])
    paint()
    expect(present).toBe(false)
  })

  it('is quiet towards those who left', () => {
    const { store, paint } = storeWithFrames()
    let calls = 0
    const leave = store.onServerChange('1', () => calls++)
    leave()
    store.replaceAll([server(1)])
    paint()
    expect(calls).toBe(0)
  })
})
