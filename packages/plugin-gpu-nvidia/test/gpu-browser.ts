import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { expectWhole } from '../../ui-kit/test/accessibility.js'
import type { Look } from '../../ui-kit/test/looks.js'
import { withBrowser } from '../../ui-kit/test/with-browser.js'
import { type GpuUi, startGpuUi } from './gpu-ui.js'

/** One aggregator with the whole sample, and one Chromium, for the tests of a `describe`. */
export function withGpuBrowser() {
  const { open: openPage } = withBrowser()
  let ui: GpuUi
  beforeAll(async () => {
    ui = await startGpuUi()
  })
  afterAll(() => ui?.stop())

  const open = (path: string, options: BrowserContextOptions = {}) =>
    openPage(ui, path, { viewport: { width: 1440, height: 900 }, ...options })

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
      await expectWhole({ page, complaints })
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
