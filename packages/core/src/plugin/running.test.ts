import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createRunning } from './running.js'

const report = { url: 'http://127.0.0.1:1', plugins: [] }

function recorded({ failures = 0 } = {}) {
  const events: string[] = []
  let toFail = failures
  const running = createRunning(
    async (onStop) => {
      events.push('start')
      onStop(() => events.push('stop'))
      await Promise.resolve()
      if (toFail-- > 0) throw new Error('no port')
      return report
    },
    pino({ level: 'silent' }),
  )
  return { events, running }
}

describe('what can be started and stopped', () => {
  it('starts once for two calls, and stops once for two', async () => {
    const { events, running } = recorded()
    await Promise.all([running.start(), running.start()])
    await Promise.all([running.stop(), running.stop()])
    expect(events).toEqual(['start', 'stop'])
  })

  it('starts anew when it is told to before its stop has ended', async () => {
    const { events, running } = recorded()
    await running.start()
    const stopped = running.stop()
    await running.start()
    await stopped
    expect(events).toEqual(['start', 'stop', 'start'])
  })

  it('leaves nothing behind when it cannot start, and can be tried again', async () => {
    const { events, running } = recorded({ failures: 1 })
    await expect(running.start()).rejects.toThrow('no port')
    expect(await running.start()).toBe(report)
    expect(events).toEqual(['start', 'stop', 'start'])
  })

  it('never runs twice at once, whatever the order of calls', async () => {
    const calls = fc.array(fc.constantFrom('start', 'stop', 'wait'), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(calls, fc.nat(3), async (order, failures) => {
        const { events, running } = recorded({ failures })
        const outcomes: Promise<unknown>[] = []
        for (const call of order) {
          if (call === 'start') outcomes.push(running.start().catch(() => undefined))
          else if (call === 'stop') outcomes.push(running.stop())
          else await Promise.resolve()
        }
        await Promise.all(outcomes)
        await running.stop()
        expect(events.length % 2).toBe(0)
        expect(events).toEqual(events.map((_, index) => (index % 2 === 0 ? 'start' : 'stop')))
      }),
    )
  })
})
