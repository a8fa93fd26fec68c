import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { MonError } from '../errors.js'
import { createLifeCycle } from './life-cycle.js'

const plugin = (id: string, ...dependsOn: string[]) => ({
  id,
  version: '1.0.0',
  api: '^1.0.0',
  dependsOn,
})

function lifeCycle(ids: ReturnType<typeof plugin>[], on_failure: 'degrade' | 'abort' = 'degrade') {
  const failed: string[] = []
  const cycle = createLifeCycle(ids, {
    timeout_ms: 20,
    on_failure,
    unloadable: [],
    log: pino({ level: 'silent' }),
    onFailed: (id) => failed.push(id),
  })
  return { cycle, failed }
}

describe('the life cycle', () => {
  it('goes on without a plugin that fails, and without those that depend on it', async () => {
    const { cycle, failed } = lifeCycle([plugin('a'), plugin('b', 'a'), plugin('c')])
    await cycle.step('start', ({ id }) => {
      if (id === 'a') throw new Error('no disk')
    })
    expect(cycle.states()).toMatchObject([
      {
        id: 'a',
        state: 'failed',
        errors: [{ code: 'PLUGIN_FAILED', message: 'Plugin "a": start failed: no disk' }],
      },
      { id: 'b', state: 'failed', errors: [{ code: 'PLUGIN_DEPENDENCY_FAILED' }] },
      { id: 'c', state: 'ready', errors: [] },
    ])
    expect(failed).toEqual(['a', 'b'])
  })

  it('names the plugin that does not finish a step in time', async () => {
    const { cycle } = lifeCycle([plugin('slow'), plugin('next')])
    const started: string[] = []
    await cycle.step('start', async ({ id }) => {
      if (id === 'slow') await new Promise(() => undefined)
      started.push(id)
    })
    expect(started).toEqual(['next'])
    expect(cycle.states()[0]).toMatchObject({
      state: 'failed',
      errors: [
        { code: 'PLUGIN_TIMEOUT', message: expect.stringContaining('Plugin "slow": start') },
      ],
    })
  })

  it('takes a failed plugin through no further step', async () => {
    const { cycle } = lifeCycle([plugin('a')])
    await cycle.step('set up', () => {
      throw new Error('no')
    })
    const later: string[] = []
    await cycle.step('start', ({ id }) => void later.push(id))
    expect(later).toEqual([])
  })

  it('stops the whole start on the first failure, if the host is to abort', async () => {
    const { cycle } = lifeCycle([plugin('a'), plugin('b')], 'abort')
    const step = cycle.step('start', ({ id }) => {
      throw new Error(id)
    })
    await expect(step).rejects.toThrow('Plugin "a": start failed: a')
  })

  it('calls a plugin that lost a part degraded', () => {
    const { cycle } = lifeCycle([plugin('a')])
    cycle.degrade('a', new MonError('PLUGIN_FAILED', 'Its routes failed.'))
    expect(cycle.states()[0]?.state).toBe('degraded')
  })
})
