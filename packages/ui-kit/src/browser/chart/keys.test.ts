import { describe, expect, it } from 'vitest'
import { stepOf, zoomAround } from './keys.js'

describe('The keys of a chart', () => {
  it('move the cursor by one point, or by ten with Shift', () => {
    expect(stepOf({ key: 'ArrowLeft', shiftKey: false })).toBe(-1)
    expect(stepOf({ key: 'ArrowRight', shiftKey: true })).toBe(10)
    expect(stepOf({ key: 'Home', shiftKey: false })).toBe(Number.NEGATIVE_INFINITY)
    expect(stepOf({ key: 'a', shiftKey: false })).toBeUndefined()
  })

  it('halve and double the range, around the cursor or its middle', () => {
    const range = { from: 100, to: 200 }
    expect(zoomAround('+', range, undefined)).toEqual({ from: 125, to: 175 })
    expect(zoomAround('+', range, 200)).toEqual({ from: 150, to: 200 })
    expect(zoomAround('-', range, undefined)).toEqual({ from: 50, to: 250 })
    expect(zoomAround('a', range, undefined)).toBeUndefined()
  })
})
