import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromLocal, toIso, toLocal } from './zoned-time.js'

const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia']
const minute = fc.integer({ min: 946_684_800 / 60, max: 4_102_444_800 / 60 }).map((n) => n * 60)

describe('The value of a date field', () => {
  it('is the time of day in the zone', () => {
    expect(toLocal(1_795_323_600, 'UTC')).toBe('2026-11-22T05:00')
    expect(toLocal(1_795_323_600, 'Asia/Shanghai')).toBe('2026-11-22T13:00')
    expect(fromLocal('2026-11-22T13:00', 'Asia/Shanghai')).toBe(1_795_323_600)
  })

  it('leads back to the time it came from, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
        const back = fromLocal(toLocal(at, zone), zone)
        expect([at, at - 3600]).toContain(back)
        expect(toLocal(back ?? 0, zone)).toBe(toLocal(at, zone))
      }),
    )
  })

  it('is no time where it is no date', () => {
    expect(fromLocal('')).toBeNull()
    expect(fromLocal('2026-13-45T00:00', 'UTC')).toBeNull()
  })

  it('that a clock leaps over is a time of that night all the same', () => {
    const at = fromLocal('2026-03-08T02:30', 'America/New_York')
    expect(['2026-03-08T01:30', '2026-03-08T03:30']).toContain(toLocal(at ?? 0, 'America/New_York'))
  })
})

it('An ISO time carries the offset of its zone, and names the same instant', () => {
  expect(toIso(1_795_323_600, 'Asia/Kathmandu')).toBe('2026-11-22T10:45:00+05:45')
  expect(toIso(1_795_323_600, 'America/New_York')).toBe('2026-11-22T00:00:00-05:00')
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
      expect(Date.parse(toIso(at, zone)) / 1000).toBe(at)
    }),
  )
})
