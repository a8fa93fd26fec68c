import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchOptions } from '../../../test/chromium.js'
import { sidewaysScroll, violations } from '../../ui-kit/test/accessibility.js'
import type { Look } from '../../ui-kit/test/looks.js'
import { type GpuUi, startGpuUi } from './gpu-ui.js'

/** One aggregator with the whole sample, and one Chromium, for the tests of a `describe`. */
export function withGpuBrowser() {
  let browser: Browser
  let ui: GpuUi
  const closing: (() => Promise<void>)[] = []

  beforeAll(async () => {
    ui = await startGpuUi()
    browser = await chromium.launch(launchOptions)
  })
  afterAll(async () => {
    await browser?.close()
    await ui?.stop()
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1440, height: 900 },
      ...options,
    })
    closing.push(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(ui.url + path)
    return { page, complaints }
  }

  return {
    get ui() {
      return ui
    },
    open,
    /** Opens the place with this look, and holds it against axe, the width and the console. */
    async check(place: Place, { colorScheme, locale, width }: Look): Promise<void> {
      const viewport = { width, height: 900 }
      const { page, complaints } = await open(place.path(ui), { colorScheme, locale, viewport })
      await page.locator(place.shows).first().waitFor()
      await place.before?.(page)
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
    },
  }
}

/** Where the widgets are seen, in every state that they tell apart. */
export interface Place {
  name: string
  path(ui: GpuUi): string
  /** What is there once the widgets are. */
  shows: string
  before?(page: Page): Promise<void>
}

const detail = (server: string, shows = 'gpu-nvidia-detail table', more: Partial<Place> = {}) => ({
  name: `the page of ${server}`,
  path: (ui: GpuUi) => `/servers/${ui.idOf(server)}`,
  shows,
  ...more,
})

export const cards: Place = {
  name: 'the cards',
  path: () => '/?sort=name',
  shows: 'gpu-nvidia-card .gpu-cell',
}
export const table: Place = {
  name: 'the table',
  path: () => '/?view=table',
  shows: 'gpu-nvidia-cell .gpu-cell',
}
export const trainDetail = detail('h100-train-01', 'gpu-nvidia-charts canvas', {
  async before(page) {
    await page.locator('.gpu-more-facts summary').click()
    await page.locator('.gpu-more-facts table').waitFor()
  },
})
export const finder: Place = {
  name: 'the finder',
  path: () => '/p/gpu-nvidia?count=2&mem=20&user=zhangwei',
  shows: 'gpu-nvidia-page .gpu-of-user',
}
export const allPlaces: Place[] = [
  cards,
  table,
  trainDetail,
  detail('mixed-01'),
  detail('a100-lost'),
  detail('pool-20x-l40s'),
  detail('old-agent'),
  detail('storage-nas-01', 'gpu-nvidia-detail p'),
  detail('broken-driver', 'gpu-nvidia-detail .code'),
  finder,
  {
    name: 'the finder without a find',
    path: () => '/p/gpu-nvidia?count=64&model=none',
    shows: 'gpu-nvidia-page .empty',
  },
  {
    name: 'the finder with a wrong number',
    path: () => '/p/gpu-nvidia?count=many',
    shows: 'gpu-nvidia-page .form-error',
  },
]
