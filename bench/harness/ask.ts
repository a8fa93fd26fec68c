import { Agent, get } from 'node:http'

const connections = new Agent({ keepAlive: true })

/** Reads an answer to its end, over a connection that stays open, as a poller does. */
export function ask(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { agent: connections }, async (response) => {
      resolve(Buffer.concat(await response.toArray()))
    }).once('error', reject)
  })
}
