import { expect, onTestFinished, test } from 'vitest'
import { createSnapshotCheck } from './check-snapshot.js'
import { json, refusedAddress, startLoopbackAgent } from './loopback-agent.js'
import { createPollClient } from './poll-client.js'
import { createConnectionTest } from './test-connection.js'

function open() {
  const client = createPollClient()
  onTestFinished(() => client.close())
  return createConnectionTest(client, createSnapshotCheck([]))
}

test('a test of a good agent says who answered, how fast, and what', async () => {
  const { base_url } = await startLoopbackAgent(
    json({ ts: 1, hostname: 'gpu-01', agent_version: '1.1.0', cpu_pct: 5 }),
  )
  expect(await open()({ base_url, token: null })).toMatchObject({
    ok: true,
    ms: expect.any(Number),
    hostname: 'gpu-01',
    agent_version: '1.1.0',
    latest: { cpu_pct: 5, mem_pct: null },
  })
})

test('a test of nobody, or of something else, says so', async () => {
  const connect = open()
  expect(await connect({ base_url: await refusedAddress(), token: null })).toMatchObject({
    ok: false,
    error: { code: 'AGENT_UNREACHABLE', hint: expect.any(String) },
  })
  const { base_url } = await startLoopbackAgent(json({ hello: 'world' }))
  expect(await connect({ base_url, token: null })).toMatchObject({
    ok: false,
    error: { code: 'AGENT_INVALID_SNAPSHOT' },
  })
})
