import { describe, expect, it } from 'vitest'
import { fill } from './fill.js'

describe('A message', () => {
  it('has its placeholders filled, numbers as the language writes them', () => {
    expect(fill('en', '{name}: {count} files', { name: 'gpu-01', count: 12_345 })).toBe(
      'gpu-01: 12,345 files',
    )
    expect(fill('de', '{count}', { count: 12_345 })).toBe('12.345')
    expect(fill('en', 'port {port}', { port: '12345' })).toBe('port 12345')
  })

  it('shows a placeholder that got no value, rather than a gap', () => {
    expect(fill('en', '{a} and {b}', { a: 1 })).toBe('1 and {b}')
  })

  it('is never filled from what every object inherits', () => {
    expect(fill('en', '{constructor}', {})).toBe('{constructor}')
  })

  it('does not fill what a value brings', () => {
    expect(fill('en', '{a}', { a: '{b}', b: 'never' })).toBe('{b}')
  })

  it.each([
    [0, 'no server in lab'],
    [1, '1 server in lab'],
    [2, '2 servers in lab'],
    [1200, '1,200 servers in lab'],
  ])('has the plural of %d', (count, expected) => {
    const text = '{count, plural, =0 {no server} one {# server} other {# servers}} in {where}'
    expect(fill('en', text, { count, where: 'lab' })).toBe(expected)
  })

  it('may have placeholders within its plural', () => {
    const text = '{n, plural, one {# of {all} is} other {# of {all} are}} free'
    expect(fill('en', text, { n: 1, all: 8 })).toBe('1 of 8 is free')
    expect(fill('en', text, { n: 3, all: 8 })).toBe('3 of 8 are free')
  })

  it('uses the only form of a language that has one', () => {
    expect(fill('zh-CN', '{n, plural, other {# 台}}', { n: 1 })).toBe('1 台')
  })

  it('keeps a plural that got no number', () => {
    const text = '{n, plural, one {# server} other {# servers}}'
    expect(fill('en', text, {})).toBe(text)
  })
})
