import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sidewaysScroll, violations } from '../packages/ui-kit/test/accessibility.js'
import { sampleFleet } from '../packages/ui-kit/test/fleet.js'
import { startUiServer, type UiServer } from '../packages/ui-kit/test/ui-server.js'
import { chromiumPath, launchOptions } from './chromium.js'

const looks = (['light', 'dark'] as const).flatMap((theme) =>
  (['zh-CN', 'en-GB'] as const).flatMap((locale) =>
    [1440, 390, 320].map((width) => ({ theme, locale, width })),
  ),
)

/** Every state in which a server's page can be, as a scripted aggregator brings it about. */
interface State {
  name: string
  path: string
  /** Before the page is opened, and once it shows its charts. */
  before?(page: Page, server: UiServer): Promise<void> | void
  after?(page: Page, server: UiServer): Promise<void> | void
  /** What is seen once the state has come. */
  shows: string
}

const failing = { status: 500, json: { code: 'INTERNAL', detail: 'It cannot be read.' } }

const states: State[] = [
  { name: 'online', path: '/servers/1', shows: '.rows .meter' },
  { name: 'full disk', path: '/servers/3?win=15m', shows: '.track.over' },
  { name: 'degraded', path: '/servers/4', shows: '.collectors .code' },
  { name: 'offline', path: '/servers/5', shows: '.problem .code' },
  { name: 'waiting', path: '/servers/6', before: forgetAll, shows: '.empty' },
  { name: 'disabled', path: '/servers/7', shows: '.note.off' },
  { name: 'unknown', path: '/servers/99', shows: '.empty .btn' },
  {
    name: 'zoomed out of sight',
    path: '/servers/1?from=2025-01-01T00:00:00Z&to=2025-01-01T00:05:00Z',
    shows: '.chart-empty',
  },
  {
    name: 'with a cursor',
    path: '/servers/1',
    async after(page) {
      await page.locator('.plot').nth(3).focus()
      await page.keyboard.press('Home')
    },
    shows: '.chart-foot time',
  },
  {
    name: 'with a table',
    path: '/servers/1',
    after: (page) => page.locator('.chart-foot summary').nth(3).click(),
    shows: '.chart-table td',
  },
  {
    name: 'loading',
    path: '/servers/1',
    before: (page) => page.route('**/live?*', () => undefined),
    shows: '.chart-shape .sk',
  },
  {
    name: 'without its figures',
    path: '/servers/1',
    before: (page) => page.route('**/live?*', (route) => route.fulfill(failing)),
    shows: '.empty .code',
  },
  {
    name: 'without the fleet',
    path: '/servers/1',
    before: (_page, server) => server.refuse(),
    shows: 'mon-load-failed .code',
  },
  {
    name: 'lost',
    path: '/servers/1',
    after: (_page, server) => server.refuse(),
    shows: '.note.warn',
  },
]

function forgetAll(_page: Page, server: UiServer): void {
  server.live = () => ({ from: 0, to: 1, whole_from: null, ts: [], series: {} })
}

describe.skipIf(chromiumPath === null)("a server's page in the state", () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser?.close())

  const cases = states.flatMap((state) => looks.map((look) => ({ ...look, state })))

  it.each(cases)('$state.name: $theme, $locale, $width', async ({ state, ...look }) => {
    const { path, before, after, shows } = state
    const server = await startUiServer(sampleFleet(), [probe])
    const context = await browser.newContext({
      colorScheme: look.theme,
      locale: look.locale,
      viewport: { width: look.width, height: look.width < 500 ? 844 : 900 },
    })
    try {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        const isExpected = message.text().startsWith('Failed to load resource')
        if (message.type() === 'error' && !isExpected) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await before?.(page, server)
      await page.goto(server.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      if (after) {
        await page.locator('.plot canvas').first().waitFor()
        await after(page, server)
      }
      await page.locator(shows).first().waitFor({ state: 'attached' })

      expect(await violations(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      expect(complaints).toEqual([])
    } finally {
      await context.close()
      await server.close()
    }
  })
})

const probe = {
  plugin: 'probe',
  tag: 'probe-detail',
  slot: 'server.detail',
  placement: 'aside',
  module: new URL('../packages/ui-kit/test/widgets/detail-probe.js', import.meta.url),
  title: { en: 'Probe', 'zh-CN': '探针' },
} as const
