import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { holderOf, isListening, listeningInodes } from './listeners.js'

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11111 1 0000000000000000 100 0 0 10 0
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22222 1 0000000000000000 100 0 0 10 0
   2: 0200000A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 33333 1 0000000000000000 100 0 0 10 0
   3: 0100007F:1F90 0100007F:D2A4 01 00000000:00000000 00:00000000 00000000     0        0 44444 1 0000000000000000 20 4 30 10 -1`

describe('Who listens at a port', () => {
  it('is read from the table of the kernel: on loopback or everywhere, and not merely connected', () => {
    expect(listeningInodes(table, 8080)).toEqual(['11111', '22222'])
    expect(listeningInodes(table, 8081)).toEqual([])
    expect(listeningInodes('', 8080)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')(
    'is told by name, and known from every other',
    async () => {
      const server = createServer()
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      try {
        expect(await isListening(process.pid, port)).toBe(true)
        expect(await isListening(process.ppid, port)).toBe(false)
        expect(await holderOf(port)).toContain(`(pid ${process.pid})`)
      } finally {
        server.close()
      }
      expect(await holderOf(port)).toBeNull()
    },
  )
})
