import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { portOf } from './loopback-agent.js'
import { createPollClient } from './poll-client.js'

// In a file of its own: undici's clock must not have met fake timers.
test('a connection that does not come about is given up after 2 s, and told apart from a slow answer', async () => {
  const sockets: Socket[] = []
  // TLS counts as connecting, and this server never says a word of it.
  const server = createServer((socket) => void sockets.push(socket.resume()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = createPollClient()
  onTestFinished(async () => {
    await client.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const base_url = `https://127.0.0.1:${portOf(server.address())}`
  expect(await client.poll({ base_url, token: null })).toEqual({
    ok: false,
    error: {
      code: 'AGENT_TIMEOUT',
      message: `${base_url} did not accept a connection within 2 s.`,
      hint: 'Check that the server is switched on and its firewall lets this port through.',
    },
  })
})
