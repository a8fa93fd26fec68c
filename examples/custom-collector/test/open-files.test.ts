import {
  messageProblems,
  startTestAgent,
  startTestAggregator,
  type TestAgent,
  type TestAggregator,
  unusedMessages,
} from '@mon/core/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFiles } from '../src/index.js'
import { openFilesMessages } from '../src/messages.js'
import { parseFileNr } from '../src/open-files.js'

describe('parseFileNr', () => {
  it('reads what Linux writes', () => {
    expect(parseFileNr('1504\t0\t9223372036854775807\n')).toEqual({
      open_files: 1504,
      open_files_max: 2 ** 63,
    })
  })

  it('gives null, and never fails, on anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^\d+\s+\d+\s+\d+\s*$/.test(text))
        expect(parseFileNr(text)).toEqual({ open_files: null, open_files_max: null })
      }),
    )
  })
})

describe('the messages of the widgets', () => {
  it('are the same in both languages', () => {
    expect(messageProblems(openFilesMessages)).toEqual([])
  })

  it('are all used', async () => {
    const keys = Object.keys(openFilesMessages.en).map((key) => `open-files.${key}`)
    const sources = new URL('../src/browser/', import.meta.url)
    expect(await unusedMessages(keys, sources)).toEqual([])
  })
})

describe('the open-files plugin', () => {
  let agent: TestAgent
  let aggregator: TestAggregator

  beforeAll(async () => {
    agent = await startTestAgent([openFiles])
    aggregator = await startTestAggregator([openFiles])
    await aggregator.request('POST', '/api/servers', { name: 'this', base_url: agent.url })
  })
  afterAll(async () => {
    await aggregator?.stop()
    await agent?.stop()
  })

  it.runIf(process.platform === 'linux')('counts the open files of this machine', async () => {
    const { open_files, open_files_max } = await agent.snapshot()
    expect(open_files).toBeGreaterThan(0)
    expect(open_files_max).toBeGreaterThan(0)
  })

  it('declares its metric and its widgets', async () => {
    expect(await aggregator.request('GET', '/api/metrics')).toContainEqual(
      expect.objectContaining({ plugin: 'open-files', name: 'open_files', hourly: ['avg', 'max'] }),
    )
    expect(await aggregator.request('GET', '/api/widgets')).toMatchObject([
      { plugin: 'open-files', tag: 'open-files-line', slot: 'overview.card' },
      { plugin: 'open-files', tag: 'open-files-cell', slot: 'overview.cell' },
      { plugin: 'open-files', tag: 'open-files-detail', slot: 'server.detail', placement: 'aside' },
    ])
  })

  it.runIf(process.platform === 'linux')('reaches the API, and remembers the peak', async () => {
    await expect
      .poll(() => aggregator.request('GET', '/api/servers'), { timeout: 10_000 })
      .toMatchObject([{ state: 'online', latest: { open_files: expect.any(Number) } }])
    await expect
      .poll(() => aggregator.request('GET', '/api/plugins/open-files/peaks'), { timeout: 10_000 })
      .toMatchObject([{ server_id: 1, open_files: expect.any(Number), ts: expect.any(Number) }])
  })
})
