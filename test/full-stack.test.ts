import { readFile, statfs } from 'node:fs/promises'
import { hostname, totalmem, uptime } from 'node:os'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from './chromium.js'
import { type FullStack, startFullStack } from './full-stack.js'

let stack: FullStack

beforeAll(async () => {
  stack = await startFullStack()
  const response = await fetch(`${stack.aggregator.url}/api/servers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: hostname(), base_url: stack.agent.url }),
  })
  expect(response.status).toBe(201)
})

afterAll(() => stack?.stop())

const readServer = async () => (await fetch(`${stack.aggregator.url}/api/servers/1`)).json()

describe('the example', () => {
  it('starts every plugin', async () => {
    for (const { url } of [stack.agent, stack.aggregator]) {
      expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' })
    }
  })

  it('watches the machine it runs on', async () => {
    await expect
      .poll(readServer, { timeout: 15_000 })
      .toMatchObject({ name: hostname(), state: 'online', latest: { hostname: hostname() } })
  })

  it.runIf(process.platform === 'linux')('shows what the kernel says', async () => {
    const cpus = (await readFile('/proc/stat', 'utf8')).match(/^cpu\d/gm)?.length
    const root = await statfs('/')
    expect(await readServer()).toMatchObject({
      latest: {
        cpu_count: cpus,
        cpu_pct: expect.any(Number),
        mem_total_mb: expect.closeTo(totalmem() / 2 ** 20, -1),
        uptime_s: expect.closeTo(uptime(), -2),
        disks: expect.arrayContaining([
          expect.objectContaining({
            mount: '/',
            total_mb: expect.closeTo((root.blocks * root.bsize) / 2 ** 20, -1),
          }),
        ]),
        net_rx_bps: expect.any(Number),
      },
    })
  })

  it('describes its API', async () => {
    const document = await (await fetch(`${stack.aggregator.url}/openapi.json`)).json()
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
      paths: {
        '/api/servers': {},
        '/api/stream': {},
        '/api/plugins/open-files/peaks': {},
        '/healthz': {},
      },
    })
  })

  it('answers no page of another site', async () => {
    const { status, headers } = await fetch(`${stack.aggregator.url}/api/servers`, {
      headers: { origin: 'https://evil.example' },
    })
    expect(status).toBe(403)
    expect(headers.get('x-request-id')).toBeTruthy()
  })
})

describe.skipIf(chromiumPath === null)('the page of the example, in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser?.close())

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['zh-CN', 'en-GB'] as const).map((locale) => ({ colorScheme, locale })),
  )

  it.each(looks)(
    'shows the machine live, without an error: $colorScheme, $locale',
    async (look) => {
      const { page, problems, close } = await open(look)
      await page.getByText(hostname(), { exact: true }).first().waitFor()
      await page.locator('open-files-line b').filter({ hasText: /\d/ }).waitFor()
      const card = page.locator('main').getByRole('listitem').first()
      const before = await card.innerText()
      await expect.poll(() => card.innerText(), { timeout: 15_000 }).not.toBe(before)
      expect(problems).toEqual([])
      await close()
    },
  )

  it("charts what a plugin measures on the server's page, and shows its widget", async () => {
    const look = { colorScheme: 'light', locale: 'en-GB' } as const
    const { page, problems, close } = await open(look, '/servers/1')
    const sentence = (label: string) =>
      page.getByRole('img', { name: new RegExp(`^${label}: .*[Nn]ow [\\d.,]+`) })
    for (const label of ['CPU', 'Network', 'Disk read and write', 'Load', 'Open files']) {
      await sentence(label).waitFor({ timeout: 15_000 })
    }
    await page.locator('open-files-detail dd').filter({ hasText: /\d/ }).first().waitFor()
    const before = await sentence('Open files').getAttribute('aria-label')
    await expect
      .poll(() => sentence('Open files').getAttribute('aria-label'), { timeout: 15_000 })
      .not.toBe(before)
    expect(problems).toEqual([])
    await close()
  })

  it('says when the agent is gone, and when it is back', async () => {
    const { page, close } = await open({ colorScheme: 'light', locale: 'en-GB' })
    await page.getByText(hostname(), { exact: true }).first().waitFor()
    await stack.agent.end()
    await page.getByText('AGENT_UNREACHABLE').waitFor({ timeout: 15_000 })
    await stack.startAgent()
    await page.getByText('AGENT_UNREACHABLE').waitFor({ state: 'detached', timeout: 15_000 })
    await close()
  })

  async function open(look: { colorScheme: 'light' | 'dark'; locale: string }, path = '/') {
    const context = await browser.newContext({ ...look, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`))
    await page.goto(stack.aggregator.url + path)
    return { page, problems, close: () => context.close() }
  }
})

describe('the programs of the example', () => {
  it('end in good order on SIGTERM, with the page’s stream still open', async () => {
    const stream = await fetch(`${stack.aggregator.url}/api/stream`)
    expect(stream.ok).toBe(true)
    expect(await stack.aggregator.end()).toBe('SIGTERM')
    await stream.body?.cancel().catch(() => undefined)
  })
})
