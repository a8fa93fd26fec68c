import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { answerClientError } from './client-error.js'

it.each([
  ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP/1.1 408 Request Timeout', 'REQUEST_TIMEOUT'],
  ['HPE_HEADER_OVERFLOW', 'HTTP/1.1 431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE'],
  ['HPE_INVALID_METHOD', 'HTTP/1.1 400 Bad Request', 'REQUEST_INVALID'],
])('A connection that fails with %s is told so and closed', async (reason, status, code) => {
  const server = createServer((socket) => {
    answerClientError(Object.assign(new Error('failed'), { code: reason }), socket, 'id-7')
  })
  await once(server.listen({ port: 0, host: '127.0.0.1' }), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  let answer = ''
  for await (const chunk of connect(port, '127.0.0.1')) answer += chunk
  server.close()

  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head.split('\r\n')).toEqual(
    expect.arrayContaining([status, 'x-request-id: id-7', 'connection: close']),
  )
  expect(JSON.parse(body)).toMatchObject({ code, instance: 'id-7' })
})
