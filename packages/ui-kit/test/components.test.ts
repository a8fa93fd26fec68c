import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { sidewaysScroll, violations } from './accessibility.js'
import { componentExamples, galleryPage } from './component-examples.js'
import { withBrowser } from './with-browser.js'

const examples = await componentExamples()
const example = (page: Page, title: string) => page.locator(`[data-example="${title}"]`)

describe('The documentation of the components', () => {
  it('has an example for all that the kit exports, save what is a type', async () => {
    const kit = new URL('../src/browser/kit.ts', import.meta.url)
    const statements = (await readFile(kit, 'utf8')).matchAll(/^export \{([^}]*)\}/gm)
    const exported = [...statements]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
    const page = new URL('../../../docs/reference/components.md', import.meta.url)
    const text = await readFile(page, 'utf8')
    const tags: Record<string, string> = {
      ActionButton: 'mon-action-button',
      Age: 'mon-age',
      Chart: 'mon-chart',
      Combobox: 'mon-combobox',
      Countdown: 'mon-countdown',
      DateRange: 'mon-date-range',
      Loading: 'mon-loading',
    }
    expect(exported.filter((name) => !text.includes(tags[name] ?? name))).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('The components in a real browser', () => {
  const { serve, open } = withBrowser()

  async function gallery(options: Parameters<typeof open>[2] = {}) {
    const opened = await open(await serve([await galleryPage(examples)]), '/p/gallery', options)
    await opened.page.getByRole('heading', { level: 1, name: 'Components' }).waitFor()
    return opened
  }

  it.each([
    ['light', 'zh-CN', 1440],
    ['dark', 'zh-CN', 320],
    ['light', 'en-US', 390],
    ['dark', 'en-US', 1440],
  ] as const)(
    'run as documented, accessible: %s, %s, %d px',
    async (colorScheme, locale, width) => {
      const viewport = { width, height: 900 }
      const { page, complaints } = await gallery({ colorScheme, locale, viewport })
      await page.locator('.sk').first().waitFor()
      const empty = await page
        .locator('[data-example]')
        .evaluateAll((all) =>
          all
            .filter((each) => each.getBoundingClientRect().height < 4)
            .map((each) => each.getAttribute('data-example')),
        )
      expect(empty).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await page.getByRole('combobox').first().click()
      await page.getByRole('listbox').waitFor()
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  it('choose several by keyboard alone, and tell a screen reader how many there are', async () => {
    const { page } = await gallery()
    const place = example(page, 'mon-combobox')
    const field = place.getByRole('combobox', { name: 'Servers' })
    await field.focus()
    await page.keyboard.press('ArrowDown')
    await place.getByRole('listbox', { name: 'Servers' }).waitFor()
    await page.keyboard.type('0')
    await place
      .getByRole('status')
      .filter({ hasText: '3 match “0”' })
      .waitFor({ state: 'attached' })
    await page.keyboard.type('1 infer')
    await place.getByRole('option', { name: /a100-infer-01/ }).waitFor()
    expect(await place.getByRole('option').count()).toBe(1)
    await page.keyboard.press('Enter')
    expect(await place.getAttribute('data-chosen')).toBe('1,2')
    const active = await field.getAttribute('aria-activedescendant')
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true')

    await page.keyboard.press('Escape')
    await place.getByRole('listbox').waitFor({ state: 'detached' })
    await page.keyboard.press('Backspace')
    expect(await place.getAttribute('data-chosen')).toBe('1')
    await place.getByRole('button', { name: 'Remove h100-train-01' }).click()
    expect(await place.getAttribute('data-chosen')).toBe('')
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('choose one, and show it when they are closed', async () => {
    const { page } = await gallery()
    const field = example(page, 'mon-combobox').getByRole('combobox', { name: 'One server' })
    await field.click()
    await page.keyboard.type('stor')
    await page.keyboard.press('Enter')
    expect(await field.inputValue()).toBe('storage-01')
    expect(await field.getAttribute('aria-expanded')).toBe('false')
    await field.fill('nothing like it')
    await page.getByText('Nothing matches').waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => field.inputValue()).toBe('storage-01')
  })

  it('write out a time range in the language and zone of the page', async () => {
    const { page } = await gallery({ timezoneId: 'Asia/Shanghai' })
    const place = example(page, 'mon-date-range')
    await place.getByText(/Nov 22, 2026, 07:00 to Nov 22, 2026, 13:00 \(UTC\+8/).waitFor()
    await place.getByLabel('From').fill('2026-11-23T00:00')
    await place.getByLabel('From').blur()
    await place.getByRole('alert').getByText('The beginning must be before the end.').waitFor()
    expect(await violations(page)).toEqual([])
    await place.getByLabel('To').fill('2026-11-24T00:00')
    await place.getByLabel('To').blur()
    await place.getByText(/Nov 23, 2026, 00:00 to Nov 24, 2026, 00:00/).waitFor()
    expect(await place.getAttribute('data-range')).toBe('2026-11-22T16:00:00+00:00')
    await place.getByRole('button', { name: '7 days' }).click()
    expect(await place.getAttribute('data-range')).toBe('604800')
    await page.getByRole('button', { name: '中文' }).click()
    await place.getByText(/至.*（UTC\+8 · /).waitFor()
  })
})
