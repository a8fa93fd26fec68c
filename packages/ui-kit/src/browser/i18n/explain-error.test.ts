import { errorCatalogue } from '@mon/core'
import { describe, expect, it } from 'vitest'
import { en } from './errors/en.js'
import { zhCN } from './errors/zh-CN.js'
import { explainError } from './explain-error.js'

describe('The words for errors', () => {
  it('are there for every code of the catalogue, and for no others but the own one of the page', () => {
    expect(Object.keys(zhCN).sort()).toEqual([...Object.keys(errorCatalogue), 'UNREACHABLE'].sort())
  })

  it('are there in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
    const texts = [...Object.values(zhCN), ...Object.values(en)].flat()
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
  })

  it('put a space between Chinese and Latin letters or digits', () => {
    const crowded = Object.values(zhCN)
      .flat()
      .filter((text) => /\p{Script=Han}[A-Za-z0-9@]|[A-Za-z0-9]\p{Script=Han}/u.test(text))
    expect(crowded).toEqual([])
  })
})

describe('An error in words', () => {
  const timeout = {
    code: 'AGENT_TIMEOUT',
    message: 'GET http://10.0.0.7:7881/v1/snapshot did not answer within 10 s',
    hint: 'Try: systemctl status mon-agent',
  }

  it('is told in the language of the page, and its machine text stays as it was', () => {
    expect(explainError(timeout, 'zh-CN')).toEqual({
      message: 'Agent 没有及时应答',
      hint: '服务器可能过载，或 Agent 未在运行。',
      text: `AGENT_TIMEOUT ${timeout.message}\n${timeout.hint}`,
    })
    expect(explainError(timeout, 'en')).toMatchObject({
      message: 'The agent did not answer in time',
      hint: 'Try: systemctl status mon-agent',
      text: `AGENT_TIMEOUT ${timeout.message}`,
    })
  })

  it('keeps its own words where its code is a stranger', () => {
    const foreign = { code: 'FAN_STUCK', message: 'Fan 3 does not turn', request_id: '7f3c' }
    expect(explainError(foreign, 'zh-CN')).toEqual({
      message: 'Fan 3 does not turn',
      hint: null,
      text: 'FAN_STUCK Fan 3 does not turn\nrequest-id 7f3c',
    })
  })

  it('may be anything that was thrown', () => {
    expect(explainError(new TypeError('x is not a function'), 'en').message).toBe(
      'x is not a function',
    )
    expect(explainError(null, 'en').text).toBe('null')
    expect(explainError({ code: 'constructor', message: 'm' }, 'en').message).toBe('m')
  })
})
