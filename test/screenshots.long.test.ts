import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gpuFleet, sampleFleet } from '../packages/ui-kit/test/fleet.js'
import { allLooks } from '../packages/ui-kit/test/looks.js'
import { checkState, type PageState } from '../packages/ui-kit/test/page-state.js'
import { startUiServer } from '../packages/ui-kit/test/ui-server.js'
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

/** With another fleet than that of every kind, where it is given. */
interface State extends PageState {
  fleet?: []
}

const overviewStates: State[] = [
  { name: 'cards', path: '/', shows: 'gpu-cells .gcell' },
  { name: 'table', path: '/?view=table', shows: 'mon-server-row .cellbar' },
  { name: 'no match', path: '/?q=nothing&tag=gone', shows: '.empty .btn' },
  { name: 'empty', path: '/', fleet: [], shows: '.empty .btn' },
  {
    name: 'loading',
    path: '/',
    before: (page) => page.route('**/api/stream', () => undefined),
    shows: '.cards-loading',
  },
  {
    name: 'error',
    path: '/',
    before: (_page, server) => server.refuse(),
    shows: 'mon-load-failed .code',
  },
  {
    name: 'lost',
    path: '/',
    after: (_page, server) => server.refuse(),
    shows: '.note.warn',
  },
  {
    name: 'folded',
    path: '/?sort=name',
    after: (page) => page.locator('gpu-cells summary').first().click(),
    shows: 'gpu-cells details:not([open])',
  },
  {
    name: 'by page',
    path: '/?sort=name&page=2',
    before: (page) => page.addInitScript(() => localStorage.setItem('mon.browse', 'pages')),
    shows: '.pager',
  },
]

describe.skipIf(chromiumPath === null)('the overview in the state', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser?.close())

  const cases = overviewStates.flatMap((state) => allLooks.map((look) => ({ ...look, state })))

  it.each(cases)('$state.name: $colorScheme, $locale, $width', async ({ state, ...look }) => {
    const fleet = state.fleet ?? [
      ...sampleFleet().map((server) => ({ ...server, id: server.id + 900 })),
      ...gpuFleet(60),
    ]
    const server = await startUiServer(fleet, [gpuCells])
    await checkState(browser, server, look, state, 'mon-server-card')
  })
})

const gpuCells = {
  plugin: 'gpu',
  tag: 'gpu-cells',
  slot: 'overview.card',
  module: new URL('../packages/ui-kit/test/widgets/gpu-cells.js', import.meta.url),
  title: { en: 'GPU', 'zh-CN': 'GPU' },
} as const
