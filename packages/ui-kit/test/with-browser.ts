import type { Server } from '@mon/core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchOptions } from '../../../test/chromium.js'
import { sampleFleet } from './fleet.js'
import { startUiServer, type TestWidget, type UiServer } from './ui-server.js'

export interface OpenedPage {
  page: Page
  /** Errors and warnings of the console, policy violations among them. */
  complaints: string[]
}

/** One Chromium for the tests of a `describe`; what a test serves and opens ends with it. */
export function withBrowser() {
  let browser: Browser
  const closing: (() => Promise<void>)[] = []

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  return {
    async serve(
      widgets: readonly TestWidget[] = [],
      fleet: Server[] = sampleFleet(),
    ): Promise<UiServer> {
      const server = await startUiServer(fleet, widgets)
      closing.push(server.close)
      return server
    },
    async open(
      server: Pick<UiServer, 'url'>,
      path = '/',
      options: BrowserContextOptions = {},
    ): Promise<OpenedPage> {
      const context = await browser.newContext({ locale: 'en-US', ...options })
      closing.push(() => context.close())
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.goto(server.url + path)
      return { page, complaints }
    },
  }
}
