import { describe, expect, it } from 'vitest'
import { reconnectDelay } from './reconnect-delay.js'

describe('Reconnecting', () => {
  it('begins after about a second and slows down to every 15 s', () => {
    const delays = [1, 2, 3, 4, 5, 6, 60].map((attempt) => reconnectDelay(attempt, 0.5))
    expect(delays).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  })

  it('is spread by a fifth either way', () => {
    expect(reconnectDelay(1, 0)).toBe(800)
    expect(reconnectDelay(1, 1)).toBe(1200)
  })
})
