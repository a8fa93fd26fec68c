import { hostname } from 'node:os'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sidewaysScroll, violations } from '../packages/ui-kit/test/accessibility.js'
import { chromiumPath, launchOptions } from './chromium.js'
import { type FullStack, startFullStack } from './full-stack.js'

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['zh-CN', 'en-GB'] as const).flatMap((locale) =>
    [1440, 390, 320].map((width) => ({ colorScheme, locale, width })),
  ),
)

describe.skipIf(chromiumPath === null)('the page of a server', () => {
  let stack: FullStack
  let browser: Browser

  beforeAll(async () => {
    stack = await startFullStack()
    for (const [name, base_url] of [
      [hostname(), stack.agent.url],
      ['a100-infer-03', 'http://127.0.0.1:9'],
    ]) {
      await fetch(`${stack.aggregator.url}/api/servers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, base_url }),
      })
    }
    browser = await chromium.launch(launchOptions)
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  it.each(looks)('is accessible and fits: $colorScheme, $locale, $width', async (look) => {
    const { width, ...options } = look
    const context = await browser.newContext({ ...options, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    for (const [path, sign] of [
      ['/servers/1', 'mon-chart canvas'],
      ['/servers/2', '.problem .code'],
      ['/servers/3', '.empty'],
    ]) {
      await page.goto(`${stack.aggregator.url}${path}`)
      await page.locator(String(sign)).first().waitFor({ timeout: 15_000 })
      expect(await violations(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    }
    expect(complaints).toEqual([])
    await context.close()
  })
})
