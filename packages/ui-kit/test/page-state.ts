import type { Browser, Page } from 'playwright-core'
import { expectWhole } from './accessibility.js'
import type { Look } from './looks.js'
import type { UiServer } from './ui-server.js'

/** A state in which a page can be, as a scripted aggregator brings it about. */
export interface PageState {
  name: string
  path: string
  /** Before the page is opened, and once it shows what it shows first. */
  before?(page: Page, server: UiServer): Promise<void> | void
  after?(page: Page, server: UiServer): Promise<void> | void
  /** What is seen once the state has come. */
  shows: string
}

/**
 * Brings the page into its state, and holds it against axe, the width and the console.
 *
 * @param first what the page shows first
 */
export async function checkState(
  browser: Browser,
  server: UiServer,
  { colorScheme, locale, width }: Look,
  { path, before, after, shows }: PageState,
  first: string,
): Promise<void> {
  const viewport = { width, height: width < 500 ? 844 : 900 }
  const context = await browser.newContext({ colorScheme, locale, viewport })
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
      await page.locator(first).first().waitFor()
      await after(page, server)
    }
    await page.locator(shows).first().waitFor({ state: 'attached' })

    await expectWhole({ page, complaints })
  } finally {
    await context.close()
    await server.close()
  }
}
