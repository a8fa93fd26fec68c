import { afterAll, beforeAll, describe, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { expectWhole } from '../../ui-kit/test/accessibility.js'
import { allLooks } from '../../ui-kit/test/looks.js'
import { withBrowser } from '../../ui-kit/test/with-browser.js'
import { type HistoryUi, startHistoryUi } from './history-ui.js'

const fleets = [
  { name: 'one server', servers: 1, hours: 24 * 9, path: '/history' },
  { name: 'no data', servers: 1, hours: 0, path: '/history' },
  { name: '40 servers', servers: 40, hours: 24 * 9, path: '/history?metric=gpu_util_pct' },
  { name: '41 servers', servers: 41, hours: 24, path: '/history' },
  {
    name: 'three years',
    servers: 2,
    hours: 24 * 365 * 3,
    path: '/history?from=2023-12-01T00:00Z&to=2026-12-01T00:00Z',
  },
  { name: 'by card', servers: 2, hours: 48, path: '/history?by=card&s=1&range=24h' },
]

describe.skipIf(!chromiumPath)('The page of the past', () => {
  const { open } = withBrowser()

  describe.each(fleets)('with $name', ({ servers, hours, path }) => {
    let centre: HistoryUi
    beforeAll(async () => {
      centre = await startHistoryUi(servers, hours)
    })
    afterAll(() => centre?.stop())

    it.each(allLooks)('in $colorScheme, $locale, $width px', async ({ width, ...look }) => {
      const viewport = { width, height: width < 500 ? 844 : 900 }
      const { page, complaints } = await open(centre, path, { ...look, viewport })
      await page.locator('.history-rows tbody tr, .empty').first().waitFor()
      await expectWhole({ page, complaints })
    })
  })
})
