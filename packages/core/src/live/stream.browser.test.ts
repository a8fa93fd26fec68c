import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from '../../../../test/chromium.js'
import { sampleServer, serveTestStream } from './test-stream.js'

/** Whether a browser hands on every part of a gzip stream at once, only a real one can tell. */
describe.skipIf(chromiumPath === null)('In a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser.close())

  async function open() {
    const stream = await serveTestStream(sampleServer(1, 0))
    const page = await browser.newPage({ bypassCSP: true })
    await page.goto(new URL('/openapi.json', stream.url).href)
    await page.evaluate(() => document.body.replaceChildren())
    const hears = async (text: string) => {
      await page.locator('body', { hasText: text }).waitFor()
      return page.locator('body').innerText()
    }
    return { ...stream, page, hears }
  }

  it('fetch reads every event as it comes, and a normal end', async () => {
    const { page, set, stream, hears } = await open()
    await page.evaluate(async () => {
      const { body, headers } = await fetch('/api/stream')
      document.body.append(headers.get('content-encoding') ?? 'plain')
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
      const readAll = async () => {
        for (;;) {
          const { done, value } = (await reader?.read()) ?? { done: true }
          if (done) return
          document.body.append(value ?? '')
        }
      }
      readAll().then(
        () => document.body.append('ended'),
        (error) => document.body.append(`failed: ${error}`),
      )
    })
    expect(await hears('event: fleet')).toMatch(/^gzip/)
    for (const cpu_pct of [11, 12]) {
      set(sampleServer(1, cpu_pct))
      await hears(`"cpu_pct":${cpu_pct}`)
    }
    stream.close()
    expect(await hears('ended')).not.toContain('failed')
  })

  it('EventSource gets every event as it comes, and after an end what it missed', async () => {
    const { page, set, responses, hears } = await open()
    await page.evaluate(() => {
      const source = new EventSource('/api/stream')
      for (const event of ['fleet', 'delta']) {
        source.addEventListener(event, ({ data }) => document.body.append(`${event} ${data}`))
      }
    })
    await hears('fleet')
    for (const cpu_pct of [11, 12]) {
      set(sampleServer(1, cpu_pct))
      await hears(`"cpu_pct":${cpu_pct}`)
    }
    responses.find(({ writableEnded }) => !writableEnded)?.end()
    set(sampleServer(1, 13))
    expect((await hears('"cpu_pct":13')).match(/fleet/g)).toHaveLength(1)
  })
})
