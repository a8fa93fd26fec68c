import { describe, expect, it } from 'vitest'
import { kindOf } from './card-kind.js'

describe('A card', () => {
  it('shows what is wrong with it before its heat, and its heat before its use', () => {
    expect(kindOf({ state: 'lost', hot: true, free: true })).toBe('lost')
    expect(kindOf({ state: 'stale', hot: true, free: false })).toBe('stale')
    expect(kindOf({ state: 'ok', hot: true, free: true })).toBe('hot')
    expect(kindOf({ state: 'ok', hot: false, free: true })).toBe('free')
  })

  it('is in use where it is not known to be free, as of an agent of version 1.0', () => {
    expect(kindOf({})).toBe('busy')
    expect(kindOf({ state: null, hot: null, free: null })).toBe('busy')
  })
})
