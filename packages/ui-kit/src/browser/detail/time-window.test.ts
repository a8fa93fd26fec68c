import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWindow, readZoom, writeWindow, writeZoom } from './time-window.js'

const queryOf = (text: string) => (name: string) => new URLSearchParams(text).get(name)

describe('the window in the URL', () => {
  it('is an hour unless it is another one that there is', () => {
    expect(readWindow(queryOf(''))).toBe('60m')
    expect(readWindow(queryOf('win=5m'))).toBe('5m')
    expect(readWindow(queryOf('win=7m'))).toBe('60m')
  })

  it('leaves the zoom behind when it changes', () => {
    expect(writeWindow('15m')).toEqual({ win: '15m', from: null, to: null })
    expect(writeWindow('60m')).toEqual({ win: null, from: null, to: null })
  })
})

describe('the zoom in the URL', () => {
  it('is none where it makes no range of time', () => {
    const from = '2026-11-24T10:00:00Z'
    for (const text of ['', `from=${from}`, `from=${from}&to=${from}`, `from=${from}&to=soon`]) {
      expect(readZoom(queryOf(text))).toBeUndefined()
    }
  })

  it('is understood with a plus sign typed as it is', () => {
    const zoom = readZoom(queryOf('from=2026-11-24T10:00:00+08:00&to=2026-11-24T11:00:00+08:00'))
    expect(zoom).toEqual({ from: 1_795_485_600, to: 1_795_489_200 })
  })

  it('comes back as whole seconds, in any zone', () => {
    const time = fc.double({ min: 1.6e9, max: 2e9, noNaN: true })
    const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'America/St_Johns')
    fc.assert(
      fc.property(
        time,
        fc.double({ min: 0, max: 3600, noNaN: true }),
        zone,
        (from, length, name) => {
          const written = writeZoom({ from, to: from + length }, name)
          const query = new URLSearchParams({ from: String(written.from), to: String(written.to) })
          const zoom = readZoom((key) => query.get(key))
          expect(zoom?.from).toBe(Math.floor(from))
          expect(zoom?.to).toBeGreaterThanOrEqual(from + length)
          expect(zoom?.to).toBeLessThan(Math.max(from + length + 1, from + 3))
        },
      ),
    )
  })
})
