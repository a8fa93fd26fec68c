import { describe, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { allLooks } from '../../ui-kit/test/looks.js'
import { allPlaces, withGpuBrowser } from './gpu-browser.js'

describe.skipIf(!chromiumPath)('The widgets in a real browser', () => {
  const { check } = withGpuBrowser()
  const cases = allPlaces.flatMap((place) => allLooks.map((look) => ({ ...look, place })))

  it.each(cases)(
    'are whole and accessible in $place.name: $colorScheme, $locale, $width px',
    async ({ place, ...look }) => {
      await check(place, look)
    },
  )
})
