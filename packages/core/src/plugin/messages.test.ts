import { describe, expect, it } from 'vitest'
import { messageProblems } from './messages.js'

describe('The messages of a plugin', () => {
  it('are well when both languages say the same', () => {
    expect(
      messageProblems({
        'zh-CN': { title: '打开的文件', count: '{name} 有 {count} 个' },
        en: {
          title: 'Open files',
          count: '{name} has {count, plural, one {# file} other {# files}}',
        },
      }),
    ).toEqual([])
  })

  it('are at fault where one language lacks a key, says nothing, or wants something else', () => {
    const problems = messageProblems({
      'zh-CN': { a: '甲', b: '乙', d: '{x} 个', e: ' ' },
      en: { a: 'A', c: 'C', d: '{y} of them', e: 'E' },
    })
    expect(problems).toEqual([
      '"b" is missing in en.',
      '"d" has the placeholders (x) in zh-CN, but (y) in en.',
      '"e" is empty.',
      '"c" is missing in zh-CN.',
    ])
  })

  it('may have keys that every object has', () => {
    expect(messageProblems({ 'zh-CN': {}, en: { constructor: 'C' } })).toEqual([
      '"constructor" is missing in zh-CN.',
    ])
  })
})
