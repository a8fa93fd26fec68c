import type { BrowserContextOptions } from 'playwright-core'
import { expectWhole } from '../../../ui-kit/test/accessibility.js'
import type { Look } from '../../../ui-kit/test/looks.js'
import type { OpenedPage } from '../../../ui-kit/test/with-browser.js'

/** Holds a page that lists a server called `fleet-failed` against axe, in one look. */
export async function checkPage(
  { colorScheme, locale, width }: Look,
  open: (options: BrowserContextOptions) => Promise<OpenedPage>,
): Promise<void> {
  const options = { colorScheme, locale, viewport: { width, height: 900 } }
  const { page, complaints } = await open(options)
  await page.locator('main').getByText('fleet-failed').first().waitFor()
  await expectWhole({ page, complaints })
}
