import { describe, expect, it } from 'vitest'
import { en } from './en.js'
import { fill, isMessageKey, translate } from './translate.js'
import { zhCN } from './zh-CN.js'

const keys = Object.keys(zhCN).filter(isMessageKey)
const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('The message catalogues', () => {
  it('have the same keys in Chinese and English', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('fill the same placeholders in both languages', () => {
    for (const key of keys)
      expect([key, ...placeholders(en[key])]).toEqual([key, ...placeholders(zhCN[key])])
  })

  it('leave no message empty', () => {
    expect(keys.filter((key) => zhCN[key].trim() === '' || en[key].trim() === '')).toEqual([])
  })

  it('put a space between Chinese and Latin letters or digits', () => {
    const crowded = keys.filter((key) =>
      /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u.test(zhCN[key]),
    )
    expect(crowded).toEqual([])
  })
})

describe('A message', () => {
  it('is given in the language asked for', () => {
    expect(translate('zh-CN', 'state.offline')).toBe('离线')
    expect(translate('en', 'state.offline')).toBe('Offline')
  })

  it('has its placeholders filled', () => {
    expect(translate('en', 'card.uptime', { duration: '3 days' })).toBe('Up 3 days')
  })

  it('shows a placeholder that got no value, rather than a gap', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}')
  })

  it('is never filled from what every object inherits', () => {
    expect(fill('{constructor}', {})).toBe('{constructor}')
  })
})
