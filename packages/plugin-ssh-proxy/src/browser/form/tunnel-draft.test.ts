import { createGuard } from '@mon/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProxyConfig } from '../../proxy-config.js'
import { configOf, draftOf, problemsOf, type TunnelDraft } from './tunnel-draft.js'

const isConfig = createGuard(ProxyConfig)
const draft = (changes: Partial<TunnelDraft> = {}): TunnelDraft => ({
  ...draftOf(null),
  center_ssh_host: '10.0.0.2',
  center_ssh_user: 'tunnel',
  identity_file: '/home/op/.ssh/id_ed25519',
  ...changes,
})

describe('The form of a tunnel', () => {
  it('begins with the usual ports, switched off, and asks for the rest', () => {
    expect(problemsOf(draftOf(null))).toEqual({
      center_ssh_host: 'missing',
      center_ssh_user: 'missing',
      identity_file: 'missing',
    })
    expect(problemsOf(draft())).toEqual({})
  })

  it.each([
    ['server_listen_port', '80', 'listen_port'],
    ['server_listen_port', '8080.5', 'listen_port'],
    ['center_proxy_port', '0', 'port'],
    ['center_ssh_port', '65536', 'port'],
    ['center_ssh_port', 'ssh', 'port'],
    ['center_ssh_host', '-oProxyCommand=x', 'host'],
    ['center_ssh_host', 'ssh://centre', 'host'],
    ['center_ssh_user', 'op@centre', 'user'],
    ['identity_file', '~/.ssh/id', 'path'],
    ['identity_file', '/home/op/../root/id', 'path'],
    ['identity_file', ' ', 'missing'],
  ] as const)('says what is wrong with %s: %s', (field, text, problem) => {
    expect(problemsOf(draft({ [field]: text }))).toEqual({ [field]: problem })
  })

  it('takes names, addresses and domain users as they are typed, blanks at the ends aside', () => {
    for (const center_ssh_host of ['centre.example', '10.0.0.2', 'fd00::2', ' centre ']) {
      expect(problemsOf(draft({ center_ssh_host }))).toEqual({})
    }
    expect(problemsOf(draft({ center_ssh_user: 'LAB\\op' }))).toEqual({})
    expect(configOf(draft({ center_ssh_host: ' centre ' })).center_ssh_host).toBe('centre')
  })

  it('sends nothing that the aggregator refuses', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.constantFrom('10.0.0.2', 'a.b', '/etc/x', '22', '99999', 'a..b', '-x', '::1', '/a b'),
    )
    const drafts = fc.record({
      server_listen_port: text,
      center_proxy_port: text,
      center_ssh_host: text,
      center_ssh_port: text,
      center_ssh_user: text,
      identity_file: text,
    })
    fc.assert(
      fc.property(drafts, (fields) => {
        // Each by itself, for nearly no draft is right in all of them.
        for (const [field, value] of Object.entries(fields)) {
          const one = draft({ [field]: value })
          if (Object.keys(problemsOf(one)).length === 0) expect(isConfig(configOf(one))).toBe(true)
        }
      }),
    )
  })

  it('shows a saved configuration, and sends the same', () => {
    const config = configOf(draft({ enabled: true, auto_start: false }))
    expect(configOf(draftOf(config))).toEqual(config)
  })
})
