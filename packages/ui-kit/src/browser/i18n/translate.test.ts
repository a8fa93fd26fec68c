import { messageProblems, unusedMessages } from '@mon/core/testing'
import { describe, expect, it } from 'vitest'
import { en } from './en.js'
import { isMessageKey, translate } from './translate.js'
import { zhCN } from './zh-CN.js'

const keys = Object.keys(zhCN).filter(isMessageKey)

describe('The message catalogues', () => {
  it('say the same in Chinese and English, with the same placeholders', () => {
    expect(messageProblems({ 'zh-CN': zhCN, en })).toEqual([])
  })

  it('have no message that nobody says', async () => {
    expect(await unusedMessages(keys, new URL('..', import.meta.url))).toEqual([])
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
})
