import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormatters, spaceHan } from './formatters.js'
import { describeTimeZone } from './time-zone.js'

const zh = createFormatters('zh-CN')
const en = createFormatters('en')

describe('A percentage', () => {
  it('has no decimals in a list and one where it is asked for', () => {
    expect(en.percent(12.34)).toEqual({ value: '12', unit: '%', text: '12%' })
    expect(en.percent(12.34, 1).text).toBe('12.3%')
  })

  it('is a dash when it is unknown, never 0', () => {
    for (const value of [null, undefined, Number.NaN]) expect(en.percent(value).text).toBe('–')
  })
})

describe('A rate', () => {
  it.each([
    [0, '0 B/s'],
    [1200, '1.2 KB/s'],
    [9.3 * 1024 ** 2, '9.3 MB/s'],
    [412.4 * 1024 ** 2, '412 MB/s'],
    [2.5 * 1024 ** 3, '2.5 GB/s'],
  ])('of %d bytes a second is %s, to the base of 1024', (value, text) => {
    expect(en.rate(value).text).toBe(text)
  })

  it('never shows 1024 or more of a unit that has a larger one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1024 ** 5, noNaN: true }), (value) => {
        expect(Number(en.rate(value).value.replaceAll(',', ''))).toBeLessThan(1024)
      }),
    )
  })
})

describe('Sizes and temperatures', () => {
  it('carry their unit', () => {
    expect(en.bytes(503 * 1024 ** 3).text).toBe('503 GB')
    expect(en.temperature(84).text).toBe('84 °C')
  })
})

describe('A duration', () => {
  it.each([
    [5, '5 秒', '5 sec'],
    [119, '1 分钟', '1 min'],
    [3 * 3600, '3 小时', '3 hr'],
    [86_400, '1 天', '1 day'],
    [182 * 86_400 + 5000, '182 天', '182 days'],
  ])('of %d s is told in its largest whole unit', (seconds, chinese, english) => {
    expect(zh.duration(seconds)).toBe(chinese)
    expect(en.duration(seconds)).toBe(english)
  })
})

describe('An age', () => {
  it('is relative, in the page language', () => {
    expect(zh.relative(12 * 60)).toBe('12 分钟前')
    expect(zh.relative(2)).toBe('2 秒前')
    expect(en.relative(2)).toBe('2s ago')
  })

  it('is never in the future, however the clocks differ', () => {
    expect(en.relative(-30)).toBe('0s ago')
  })
})

describe('What is left', () => {
  it('is told in the page language, and is now once it has passed', () => {
    expect(zh.until(15.2)).toBe('16 秒后')
    expect(en.until(16)).toBe('in 16s')
    expect(en.until(150)).toBe('in 2m')
    expect([zh.until(0), zh.until(-9), en.until(-0.5)]).toEqual(['现在', '现在', 'now'])
    expect(en.until(null)).toBe('–')
  })
})

describe('A time', () => {
  const noon = new Date().setHours(12, 30, 5, 0) / 1000

  it('of today is the time of day alone', () => {
    expect(en.time(noon)).toBe('12:30:05')
    expect(zh.time(noon)).toBe('12:30:05')
  })

  it('of another day carries its date', () => {
    const text = en.time(noon - 40 * 86_400)
    expect(text).toMatch(/\d{4}/)
    expect(text).toContain(':30:05')
  })
})

describe('A time zone', () => {
  const winter = new Date('2026-01-15T00:00:00Z')

  it('is told by its offset and its name', () => {
    expect(describeTimeZone('zh-CN', winter, 'Asia/Shanghai')).toBe('UTC+8 · 中国时间')
    expect(describeTimeZone('en', winter, 'Asia/Shanghai')).toBe('UTC+8, China Time')
  })

  it('is not named twice where it is UTC', () => {
    expect(describeTimeZone('en', winter, 'UTC')).toBe('UTC')
  })
})

describe('Chinese text', () => {
  it('gets a space beside digits and Latin letters', () => {
    expect(spaceHan('最后在线12分钟前CPU')).toBe('最后在线 12 分钟前 CPU')
  })
})
