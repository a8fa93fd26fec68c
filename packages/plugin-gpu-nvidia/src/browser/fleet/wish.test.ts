import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queryOf, readWish, writeWish } from './wish.js'

const wish = (more = {}) => ({ ...readWish(''), ...more })

describe('What is looked for', () => {
  it('is written into the address, and read from it again', () => {
    const text = fc.string({ unit: 'binary' })
    const anyWish = fc.record({
      count: text,
      memory: text,
      model: text,
      user: fc.option(text),
    })
    fc.assert(
      fc.property(anyWish, (each) => {
        fc.pre(each.count !== '')
        expect(readWish(writeWish(each))).toEqual(each)
      }),
    )
  })

  it('leaves nothing in the address that is as usual', () => {
    expect(writeWish(readWish(''))).toBe('')
    expect(writeWish(wish({ count: '2', memory: '40' }))).toBe('?count=2&mem=40')
  })

  it('becomes what the aggregator is asked for', () => {
    expect(queryOf(wish())).toEqual({ query: 'count=1' })
    expect(queryOf(wish({ count: '2', memory: '40', model: ' A40 ' }))).toEqual({
      query: 'count=2&min_free_mb=40960&model=A40',
    })
  })

  it.each(['', '0', '65', '1.5', 'two', '-1'])('is not asked for with %j cards', (count) => {
    expect(queryOf(wish({ count }))).toEqual({ wrong: { count: true, memory: false } })
  })

  it.each(['forty', '-1', ' ', '1e9'])('is not asked for with %j GB', (memory) => {
    expect(queryOf(wish({ memory }))).toEqual({ wrong: { count: false, memory: true } })
  })
})
