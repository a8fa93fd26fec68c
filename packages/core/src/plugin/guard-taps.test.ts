import { AsyncParallelHook, AsyncSeriesHook, SyncHook, SyncWaterfallHook } from 'tapable'
import { describe, expect, it } from 'vitest'
import { guardTaps } from './guard-taps.js'
import type { PluginFailure } from './hooks.js'

function guarded() {
  const hooks = {
    published: new SyncHook<[string]>(['text']),
    derive: new SyncWaterfallHook<[number]>(['value']),
    ready: new AsyncParallelHook<[]>([]),
    stop: new AsyncSeriesHook<[]>([]),
  }
  const failures: PluginFailure[] = []
  const guard = guardTaps(hooks, {
    deadline_ms: 20,
    accepts: { derive: Number.isFinite },
    onFailure: (failure) => failures.push(failure),
  })
  return { hooks, failures, guard }
}

describe('a guarded hook', () => {
  it('goes on after a tap that throws, and names its plugin', () => {
    const { hooks, failures } = guarded()
    const heard: string[] = []
    hooks.published.tap('bad', () => {
      throw new Error('no')
    })
    hooks.published.tap('good', (text) => void heard.push(text))
    hooks.published.call('hello')
    expect(heard).toEqual(['hello'])
    expect(failures).toMatchObject([
      {
        plugin: 'bad',
        hook: 'published',
        error: { code: 'PLUGIN_FAILED', message: 'bad: published failed: no' },
      },
    ])
  })

  it('keeps the value of a waterfall past a tap that throws', () => {
    const { hooks } = guarded()
    hooks.derive.tap('first', (value) => value + 1)
    hooks.derive.tap('bad', () => {
      throw new Error('no')
    })
    hooks.derive.tap('last', (value) => value * 10)
    expect(hooks.derive.call(1)).toBe(20)
  })

  it('keeps the value of a waterfall past a tap that returns rubbish, and names its plugin', () => {
    const { hooks, failures } = guarded()
    hooks.derive.tap('first', (value) => value + 1)
    hooks.derive.tap('bad', () => Number.NaN)
    hooks.derive.tap('last', (value) => value * 10)
    expect(hooks.derive.call(1)).toBe(20)
    expect(failures).toMatchObject([{ plugin: 'bad', hook: 'derive' }])
  })

  it('hears of an async tap that rejects where nobody waits for it', async () => {
    const { hooks, failures } = guarded()
    hooks.published.tap('bad', async () => {
      throw new Error('no')
    })
    hooks.published.call('hello')
    await expect.poll(() => failures).toMatchObject([{ plugin: 'bad', hook: 'published' }])
  })

  it('waits for a tap that hangs only as long as it may take', async () => {
    const { hooks, failures } = guarded()
    let isReady = false
    hooks.ready.tapPromise('stuck', () => new Promise(() => undefined))
    hooks.ready.tapAsync('silent', () => undefined)
    hooks.ready.tapPromise('good', async () => {
      isReady = true
    })
    await hooks.ready.promise()
    expect(isReady).toBe(true)
    expect(failures.map(({ plugin, error }) => [plugin, error])).toMatchObject([
      ['stuck', { code: 'PLUGIN_TIMEOUT' }],
      ['silent', { code: 'PLUGIN_TIMEOUT' }],
    ])
  })

  it('passes a callback tap its error and its result', async () => {
    const { hooks, failures } = guarded()
    hooks.ready.tapAsync('callback', (done) => done(null))
    hooks.ready.tapAsync('failing', (done) => done(new Error('no')))
    await hooks.ready.promise()
    expect(failures.map(({ plugin }) => plugin)).toEqual(['failing'])
  })

  it('calls nothing of a disabled plugin but its stop', async () => {
    const { hooks, guard } = guarded()
    const calls: string[] = []
    hooks.published.tap('off', () => void calls.push('published'))
    hooks.stop.tapPromise('off', async () => void calls.push('stop'))
    guard.disable('off')
    hooks.published.call('hello')
    await hooks.stop.promise()
    expect(calls).toEqual(['stop'])
  })

  it('counts what each tap costs', () => {
    const { hooks, guard } = guarded()
    hooks.derive.tap('derived', (value) => value)
    hooks.derive.call(1)
    hooks.derive.call(2)
    expect(guard.costs()).toMatchObject([
      { plugin: 'derived', hook: 'derive', calls: 2, failures: 0 },
    ])
  })
})
