import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** That a page does not scroll sideways, keeps to all of axe's rules, and has nothing to complain of. */
export async function expectWhole(opened: {
  page: Page
  complaints: readonly string[]
}): Promise<void> {
  expect(await sidewaysScroll(opened.page)).toBe(0)
  expect(await violations(opened.page)).toEqual([])
  expect(opened.complaints).toEqual([])
}

/** Violations of WCAG 2.2 AA and of axe's best practices. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const results = await new AxeBuilder({ page }).withTags(tags).analyze()
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  )
}

/** By how many pixels the page is wider than the window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
}
