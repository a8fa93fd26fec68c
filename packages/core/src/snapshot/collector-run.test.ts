import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Collection } from './collect.js'
import { createCollectorRun } from './collector-run.js'

const fields = { fan_rpm: Type.Union([Type.Number(), Type.Null()]) }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A collector whose every call is answered by the test. */
function collector() {
  const calls: PromiseWithResolvers<{ fan_rpm: number | null }>[] = []
  const run = createCollectorRun(
    {
      fields,
      collect() {
        const call = Promise.withResolvers<{ fan_rpm: number | null }>()
        calls.push(call)
        return call.promise
      },
    },
    { name: 'fans', now: () => performance.now(), signal: new AbortController().signal },
  )
  async function ask() {
    const collection: Collection = { fields: {}, collectors: {} }
    await run(collection)
    return { ...collection.fields, ...collection.collectors.fans }
  }
  return { calls, ask }
}

describe('a collector', () => {
  it('fills its fields and says how long it took', async () => {
    const { calls, ask } = collector()
    const answer = ask()
    await vi.advanceTimersByTimeAsync(12)
    calls[0]?.resolve({ fan_rpm: 900 })
    expect(await answer).toEqual({ fan_rpm: 900, ok: true, ms: 12, age_s: 0 })
  })

  it('that has never answered is a timeout after 1.5 s', async () => {
    const { ask } = collector()
    const answer = ask()
    await vi.advanceTimersByTimeAsync(1500)
    expect(await answer).toMatchObject({
      fan_rpm: null,
      ok: false,
      code: 'COLLECTOR_TIMEOUT',
      age_s: null,
    })
  })

  it('that is slow is not called again before it has answered, and gives its last value meanwhile', async () => {
    const { calls, ask } = collector()
    const first = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls[0]?.resolve({ fan_rpm: 900 })
    await first

    const second = ask()
    await vi.advanceTimersByTimeAsync(1500)
    expect(await second).toMatchObject({ fan_rpm: 900, ok: true, age_s: 1.5 })
    const third = ask()
    await vi.advanceTimersByTimeAsync(1500)
    expect(await third).toMatchObject({ fan_rpm: 900, ok: true, age_s: 3 })
    expect(calls).toHaveLength(2)

    calls[1]?.resolve({ fan_rpm: 950 })
    await vi.advanceTimersByTimeAsync(0)
    const fourth = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls[2]?.resolve({ fan_rpm: 960 })
    expect(await fourth).toMatchObject({ fan_rpm: 960, ok: true, age_s: 0 })
  })

  it('that hangs with an older value becomes a timeout after 10 s and keeps the value', async () => {
    const { calls, ask } = collector()
    const first = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls[0]?.resolve({ fan_rpm: 900 })
    await first
    const second = ask()
    await vi.advanceTimersByTimeAsync(9000)
    await second
    const third = ask()
    await vi.advanceTimersByTimeAsync(1500)
    expect(await third).toMatchObject({
      fan_rpm: 900,
      ok: false,
      code: 'COLLECTOR_TIMEOUT',
      age_s: 10.5,
    })
  })

  it('that throws keeps its last values, with their age and the reason', async () => {
    const { calls, ask } = collector()
    const first = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls[0]?.resolve({ fan_rpm: 900 })
    await first
    await vi.advanceTimersByTimeAsync(5000)
    const second = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls[1]?.reject(new Error('no sensor'))
    expect(await second).toMatchObject({
      fan_rpm: 900,
      ok: false,
      code: 'COLLECTOR_FAILED',
      message: 'no sensor',
      age_s: 5,
    })
  })

  it('that fails three times is asked at growing intervals, and recovers by itself', async () => {
    const { calls, ask } = collector()
    const failOnce = async () => {
      const answer = ask()
      await vi.advanceTimersByTimeAsync(0)
      calls.at(-1)?.reject(new Error('no sensor'))
      await answer
    }
    for (const _ of [1, 2, 3]) await failOnce()
    await vi.advanceTimersByTimeAsync(4000)
    await ask()
    expect(calls).toHaveLength(3)

    await vi.advanceTimersByTimeAsync(1000)
    await failOnce()
    expect(calls).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(9000)
    await ask()
    expect(calls).toHaveLength(4)

    await vi.advanceTimersByTimeAsync(1000)
    const answer = ask()
    await vi.advanceTimersByTimeAsync(0)
    calls.at(-1)?.resolve({ fan_rpm: 900 })
    expect(await answer).toMatchObject({ fan_rpm: 900, ok: true })
  })
})
