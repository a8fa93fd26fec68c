import { createServer } from 'node:http'

/** node:http that answers everything with its argument: what our agent is measured beside. */
const bytes = Buffer.from(process.argv[2] ?? '')
const server = createServer((_request, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
    .end(bytes)
}).listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  process.send?.({ url: `http://127.0.0.1:${port}` })
})
process.on('disconnect', () => process.exit())
