import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { allLooks } from '../../ui-kit/test/looks.js'
import { allPlaces, withGpuBrowser } from './gpu-browser.js'

/** With MON_UPDATE_SCREENSHOTS=1 the pictures in the documentation are made anew. */
const isUpdating = process.env.MON_UPDATE_SCREENSHOTS === '1'
const pictures = [
  { name: 'gpu-overview', path: '/?sort=name', shows: 'gpu-nvidia-card .gpu-cell' },
  { name: 'gpu-page', path: '/p/gpu-nvidia?count=2', shows: 'gpu-nvidia-page .col-where' },
]

describe.skipIf(!chromiumPath)('The widgets in a real browser', () => {
  const { check, open } = withGpuBrowser()
  const cases = allPlaces.flatMap((place) => allLooks.map((look) => ({ ...look, place })))

  it.each(cases)(
    'are whole and accessible in $place.name: $colorScheme, $locale, $width px',
    async ({ place, ...look }) => {
      await check(place, look)
    },
  )

  it.runIf(isUpdating).each(pictures)(
    'have their picture: $name',
    async ({ name, path, shows }) => {
      const { page } = await open(path)
      await page.locator(shows).first().waitFor()
      const folder = new URL('../../../docs/screenshots/', import.meta.url)
      await page.screenshot({ path: `${fileURLToPath(folder)}${name}-en-light-1440.png` })
    },
  )
})
