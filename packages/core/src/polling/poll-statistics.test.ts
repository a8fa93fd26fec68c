import { expect, it } from 'vitest'
import { createPollStatistics } from './poll-statistics.js'

it('poll statistics count answers and failures of each server, and failures by code', () => {
  const polls = createPollStatistics()
  polls.note(1, { seconds: 0.02, failure: null })
  polls.note(1, { seconds: null, failure: 'AGENT_TIMEOUT' })
  polls.note(1, { seconds: 0.04, failure: 'AGENT_INVALID_SNAPSHOT' })
  polls.note(2, { seconds: null, failure: 'AGENT_TIMEOUT' })
  expect(polls.of(1)).toEqual({ total: 3, failed: 2, last_seconds: 0.04 })
  expect(polls.of(2)).toEqual({ total: 1, failed: 1, last_seconds: null })
  expect([...polls.failures()]).toEqual([
    ['AGENT_TIMEOUT', 2],
    ['AGENT_INVALID_SNAPSHOT', 1],
  ])
  expect(polls.durations().at(-1)).toMatchObject({ suffix: '_count', value: 2 })

  polls.forget(1)
  expect(polls.of(1)).toBeUndefined()
  expect(polls.failures().get('AGENT_TIMEOUT')).toBe(2)
})
