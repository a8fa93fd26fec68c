import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { sampleFleet } from '../packages/ui-kit/test/fleet.js'
import { allLooks } from '../packages/ui-kit/test/looks.js'
import { checkState, type PageState } from '../packages/ui-kit/test/page-state.js'
import { startUiServer, type UiServer } from '../packages/ui-kit/test/ui-server.js'
import { chromiumPath, launchOptions } from './chromium.js'

const failing = { status: 500, json: { code: 'INTERNAL', detail: 'It cannot be read.' } }

const states: PageState[] = [
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

  const cases = states.flatMap((state) => allLooks.map((look) => ({ ...look, state })))

  it.each(cases)('$state.name: $colorScheme, $locale, $width', async ({ state, ...look }) => {
    const server = await startUiServer(sampleFleet(), [probe])
    await checkState(browser, server, look, state, '.plot canvas')
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
