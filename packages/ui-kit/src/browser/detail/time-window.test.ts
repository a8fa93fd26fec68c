import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWindow, readZoom, writeWindow, writeZoom } from './time-window.js'

const query = (search: string) => (name: string) => new URLSearchParams(search).get(name)

describe('The window in the address', () => {
  it.each([
    ['win=5m', '5m'],
    ['win=15m', '15m'],
    ['win=60m', '60m'],
    ['', '60m'],
    ['win=7m', '60m'],
    ['win=', '60m'],
  ])('%s is %s', (search, window) => {
    expect(readWindow(query(search))).toBe(window)
  })

  it('leaves no zoom behind, and is not written where it is the default', () => {
    expect(writeWindow('5m')).toEqual({ win: '5m', from: null, to: null })
    expect(writeWindow('60m')).toEqual({ win: null, from: null, to: null })
  })
})

describe('The zoom in the address', () => {
  it('is ISO 8601 with the offset of the zone', () => {
    expect(writeZoom({ from: 1_763_874_300, to: 1_763_874_600 }, 'Asia/Shanghai')).toEqual({
      from: '2025-11-23T13:05:00+08:00',
      to: '2025-11-23T13:10:00+08:00',
    })
    expect(writeZoom(null, undefined)).toEqual({ from: null, to: null })
  })

  it('is read as it was written, in any zone, and holds what was chosen', () => {
    const time = fc.double({ min: 1e9, max: 2e9, noNaN: true })
    const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/St_Johns', 'Australia/Lord_Howe')
    fc.assert(
      fc.property(
        time,
        fc.double({ min: 0.001, max: 3600, noNaN: true }),
        zone,
        (from, span, tz) => {
          const written = new Map(Object.entries(writeZoom({ from, to: from + span }, tz)))
          const zoom = readZoom((name) => String(written.get(name)))
          expect(zoom?.from).toBe(Math.floor(from))
          expect(zoom?.to).toBeGreaterThanOrEqual(from + span)
          expect(Number(zoom?.to) - (from + span)).toBeLessThan(3)
        },
      ),
    )
  })

  it('survives a plus sign that became a space', () => {
    expect(readZoom(query('from=2025-11-23T13:05:00+08:00&to=2025-11-23T13:10:00+08:00'))).toEqual({
      from: 1_763_874_300,
      to: 1_763_874_600,
    })
  })

  it.each([
    'from=2025-11-23T13:05:00Z',
    'from=soon&to=later',
    'from=2025-11-23T13:10:00Z&to=2025-11-23T13:05:00Z',
    '',
  ])('is none where it makes no range: %s', (search) => {
    expect(readZoom(query(search))).toBeUndefined()
  })

  it('never fails on anything else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (from, to) => {
        const zoom = readZoom((name) => (name === 'from' ? from : to))
        if (zoom) expect(zoom.from).toBeLessThan(zoom.to)
      }),
    )
  })
})
