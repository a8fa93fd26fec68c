import { describe, expect, it } from 'vitest'
import {
  bodyOf,
  draftOf,
  dropsToken,
  lacksPort,
  problemsOf,
  type ServerDraft,
} from './server-draft.js'

const server = {
  name: 'gpu-01',
  base_url: 'http://10.0.0.11:7881',
  tags: ['H100', '训练'],
  enabled: true,
  poll_interval_s: 2.5,
}
const draft = (changes: Partial<ServerDraft> = {}) => ({ ...draftOf(server), ...changes })

describe('A server in the form', () => {
  it('sends nothing when nothing was changed', () => {
    expect(bodyOf(draft(), server)).toEqual({})
    expect(problemsOf(draft())).toEqual({})
  })

  it('sends only what was changed', () => {
    expect(bodyOf(draft({ name: ' gpu-02 ' }), server)).toEqual({ name: 'gpu-02' })
    expect(bodyOf(draft({ tags: 'H100，A100、H100' }), server)).toEqual({ tags: ['H100', 'A100'] })
    expect(bodyOf(draft({ poll_interval_s: ' ' }), server)).toEqual({ poll_interval_s: null })
    expect(bodyOf(draft({ base_url: 'http://10.0.0.11:7881/' }), server)).toEqual({})
  })

  it('keeps the saved token, changes it, or removes it', () => {
    expect(bodyOf(draft({ token: 'secret' }), server)).toEqual({ token: 'secret' })
    expect(bodyOf(draft({ removesToken: true }), server)).toEqual({ token: null })
  })

  it('sends everything of a new one, without a token that is not there', () => {
    const typed = { ...draftOf(undefined), name: 'new', base_url: 'https://gpu.lab:7881' }
    expect(bodyOf(typed, undefined)).toEqual({
      name: 'new',
      base_url: 'https://gpu.lab:7881',
      tags: [],
      poll_interval_s: null,
      enabled: true,
    })
  })

  it.each([
    [{ name: ' ' }, { name: 'manage.name_missing' }],
    [{ base_url: '' }, { base_url: 'manage.address_missing' }],
    [{ base_url: '10.0.0.11:7881' }, { base_url: 'manage.address_scheme' }],
    [{ base_url: 'http://10.0.0.11:7881/agent' }, { base_url: 'manage.address_invalid' }],
    [{ base_url: 'http://me@10.0.0.11:7881' }, { base_url: 'manage.address_invalid' }],
    [{ base_url: 'http://gpu:99999' }, { base_url: 'manage.address_invalid' }],
    [{ token: 'two words' }, { token: 'manage.token_invalid' }],
    [{ poll_interval_s: '0' }, { poll_interval_s: 'manage.interval_invalid' }],
    [{ poll_interval_s: 'five' }, { poll_interval_s: 'manage.interval_invalid' }],
    [{ tags: 'x'.repeat(51) }, { tags: 'manage.tags_long' }],
  ])('says what is wrong with %o', (changes, problems) => {
    expect(problemsOf(draft(changes))).toEqual(problems)
  })

  it('warns that another address drops the saved token', () => {
    expect(dropsToken(draft({ base_url: 'http://10.0.0.12:7881' }), server)).toBe(true)
    expect(dropsToken(draft({ base_url: 'http://10.0.0.11:7881/' }), server)).toBe(false)
    expect(dropsToken(draft({ base_url: 'http://10.0.0.12:7881', token: 'x' }), server)).toBe(false)
    expect(dropsToken(draft({ base_url: 'http://10.0.0.1' }), undefined)).toBe(false)
  })

  it('notices an address without a port', () => {
    expect(lacksPort(draft({ base_url: 'http://10.0.0.12' }))).toBe(true)
    expect(lacksPort(draft())).toBe(false)
    expect(lacksPort(draft({ base_url: 'http://' }))).toBe(false)
  })
})
