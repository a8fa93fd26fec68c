import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { sidewaysScroll } from './accessibility.js'
import { componentExamples, galleryPage } from './component-examples.js'
import { withBrowser } from './with-browser.js'

/**
 * Makes every text of the page 40 % longer, as another language may be: `Offline` becomes
 * `Offline óne`. What stands in machine text or comes from the fleet is left as it is.
 */
function lengthen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const filler = 'óne twó threé foúr fíve síx sevén eíght níne tén '.repeat(4)
    while (walker.nextNode()) {
      const { currentNode: text } = walker
      const words = text.nodeValue?.trim() ?? ''
      if (!/[a-z]{3}/i.test(words) || text.parentElement?.closest('.code, .mono, h2, .sr, script'))
        continue
      text.nodeValue += ` ${filler.slice(0, Math.ceil(words.length * 0.4))}`
    }
  })
}

/** Elements that what they hold sticks out of, or that stick out of the window, without an ellipsis to say so. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** For screen readers only. */
    const isClipped = (element: Element): boolean =>
      getComputedStyle(element).clipPath !== 'none' ||
      (element.parentElement !== null && isClipped(element.parentElement))
    return [...document.querySelectorAll('body *')]
      .filter((element) => element instanceof HTMLElement && element.checkVisibility())
      .filter((element) => !element.closest('.sr, .skip, .code, input'))
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element)
        const { left, right, width } = element.getBoundingClientRect()
        if (['auto', 'scroll'].includes(overflowX) || textOverflow === 'ellipsis') return false
        if (display === 'inline' || width < 2 || isClipped(element)) return false
        if (!element.textContent?.trim()) return false
        return element.scrollWidth > element.clientWidth + 1 || left < -1 || right > innerWidth + 1
      })
      .map(
        (element) =>
          `${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 60)}`,
      )
  })
}

describe.skipIf(!chromiumPath)('Texts that are 40 % longer', () => {
  const { serve, open } = withBrowser()

  it.each([1440, 390, 320])('are not cut off, %d px', async (width) => {
    const server = await serve([await galleryPage(await componentExamples())])
    const viewport = { width, height: 900 }
    const { page } = await open(server, '/p/gallery', { viewport })
    const isPhone = width < 860
    const check = async (place: string) => {
      await lengthen(page)
      expect(await cutOff(page), place).toEqual([])
      expect(await sidewaysScroll(page), place).toBe(0)
    }
    await page.locator('.sk').first().waitFor()
    await check('components')

    for (const name of ['Settings', 'About']) {
      await page.goto(`${server.url}/p/gallery`)
      await page.locator('.sk').first().waitFor()
      if (isPhone) await page.getByRole('button', { name: 'Menu' }).click()
      if (isPhone && name === 'About') await check('menu')
      await page.getByRole('button', { name }).click()
      await page.getByRole('dialog', { name }).waitFor()
      if (name === 'About') await page.getByText('12,345 calls').waitFor()
      await check(name)
    }
    await page.goto(`${server.url}/?view=cards`)
    await page.locator('mon-server-card').first().waitFor()
    await check('overview')
    for (const id of [1, 4, 5]) {
      await page.goto(`${server.url}/servers/${id}`)
      await page.locator('.plot canvas').first().waitFor()
      await check(`server ${id}`)
    }
  })
})
