import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from '../../../../test/chromium.js'
import { listen } from './listen.js'
import { createSampleServer } from './sample-server.js'

/**
 * Two servers that serve the same page, which acts upon the first. What a browser says of where a
 * request comes from is its own, so only a real one can tell whether the check believes the right words.
 */
describe.skipIf(chromiumPath === null)('A page in a browser', () => {
  const ours = createSampleServer().app
  const other = createSampleServer().app
  let browser: Browser
  let page: Page
  let address: string
  let foreign: string[]

  beforeAll(async () => {
    for (const app of [ours, other]) {
      app.get('/page', async (_, reply) =>
        reply
          .header('content-security-policy', '')
          .type('text/html')
          .send(
            `<a href="${address}/healthz">link</a><form method="post" action="${address}/api/things"><button>send</button></form>`,
          ),
      )
    }
    address = await listen(ours, { host: '127.0.0.1', port: 0 })
    const elsewhere = await listen(other, { host: '127.0.0.1', port: 0 })
    // Another port is the same site, another name another site.
    foreign = [`${elsewhere}/page`, `${elsewhere.replace('127.0.0.1', 'localhost')}/page`]
    browser = await chromium.launch(launchOptions)
    page = await browser.newPage()
  })

  afterAll(async () => {
    await browser.close()
    await Promise.all([ours.close(), other.close()])
  })

  async function statusAfter(act: () => Promise<unknown>, url: string): Promise<number> {
    const [response] = await Promise.all([page.waitForResponse(url), act()])
    return response.status()
  }

  const sendForm = () =>
    statusAfter(() => page.getByRole('button').click(), `${address}/api/things`)

  const callApi = () =>
    page.evaluate(async (url) => {
      const body = JSON.stringify({ name: 'a' })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null)
      return answer?.status ?? 'kept from it'
    }, `${address}/api/things`)

  it('of ours may use the API, and its forms arrive', async () => {
    await page.goto(`${address}/page`)
    expect(await callApi()).toBe(201)
    expect(await sendForm()).toBe(415)
  })

  it('of another site may link to us and nothing else', async () => {
    for (const url of foreign) {
      await page.goto(url)
      expect(await callApi()).toBe('kept from it')
      expect(await sendForm()).toBe(403)
      await page.goto(url)
      expect(await statusAfter(() => page.getByRole('link').click(), `${address}/healthz`)).toBe(
        200,
      )
    }
  })
})
