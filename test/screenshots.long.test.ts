import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from './chromium.js'
import { type FullStack, startFullStack } from './full-stack.js'

/** With MON_UPDATE_SCREENSHOTS=1 the pictures in the documentation are made anew. */
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const isUpdating = process.env.MON_UPDATE_SCREENSHOTS === '1'

const languages = { zh: 'zh-CN', en: 'en-GB' }
const looks = (['light', 'dark'] as const).flatMap((theme) =>
  (['zh', 'en'] as const).flatMap((language) =>
    [1440, 390, 320].map((width) => ({ theme, language, width })),
  ),
)

describe.skipIf(chromiumPath === null)('the overview', () => {
  let stack: FullStack
  let browser: Browser

  beforeAll(async () => {
    stack = await startFullStack()
    const add = (name: string, base_url: string) =>
      fetch(`${stack.aggregator.url}/api/servers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, base_url }),
      })
    await add(hostname(), stack.agent.url)
    await add('a100-infer-03', 'http://127.0.0.1:9')
    browser = await chromium.launch(launchOptions)
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  it.each(looks)('is accessible and fits: $theme, $language, $width', async (look) => {
    const { theme, language, width } = look
    const context = await browser.newContext({
      colorScheme: theme,
      locale: languages[language],
      viewport: { width, height: width < 500 ? 844 : 900 },
      deviceScaleFactor: width < 500 ? 2 : 1,
    })
    const page = await context.newPage()
    await page.goto(stack.aggregator.url)
    await page.locator('open-files-line b').filter({ hasText: /\d/ }).waitFor()
    await page.getByText('AGENT_UNREACHABLE').waitFor({ timeout: 15_000 })

    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    const [needed, given] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return [scrollWidth, clientWidth]
    })
    expect(needed).toBeLessThanOrEqual(given ?? 0)
    if (isUpdating && width !== 320) {
      await page.screenshot({ path: `${folder}overview-${language}-${theme}-${width}.png` })
    }
    await context.close()
  })
})
