import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { messageProblems, unusedMessages } from '@mon/core/testing'
import { describe, expect, it } from 'vitest'
import { proxyMessages } from '../../src/messages.js'

describe('The widgets of tunnels', () => {
  it('say everything in both languages, and nothing that nobody hears', async () => {
    expect(messageProblems(proxyMessages)).toEqual([])
    const keys = Object.keys(proxyMessages.en).map((key) => `ssh-proxy.${key}`)
    expect(await unusedMessages(keys, new URL('../../src/browser/', import.meta.url))).toEqual([])
  })

  it('put a space between Chinese and Latin letters or digits', () => {
    const crowded = Object.values(proxyMessages['zh-CN']).filter((text) =>
      /\p{Script=Han}[A-Za-z0-9{]|[A-Za-z0-9}]\p{Script=Han}/u.test(text.replace(/=0 \{/, '')),
    )
    expect(crowded).toEqual([])
  })

  it('take less than 15 kB of a visit', async () => {
    for (const name of ['ssh-proxy-pages', 'ssh-proxy-overview']) {
      const code = await readFile(new URL(`../../dist/${name}.js`, import.meta.url))
      expect(gzipSync(code).length).toBeLessThan(15_000)
      // They share the page's copy of lit, and bring nothing of the server along.
      expect(code.toString()).not.toMatch(/typebox|LitElement\s*=/)
    }
  })
})
