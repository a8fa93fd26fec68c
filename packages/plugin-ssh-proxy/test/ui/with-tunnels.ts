import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { withBrowser } from '../../../ui-kit/test/with-browser.js'
import { startTunnelUi, type TunnelUi } from './tunnel-ui.js'

/** One aggregator and one Chromium for the tests of a `describe`. */
export function withTunnels() {
  const { open } = withBrowser()
  let ui: TunnelUi
  beforeAll(async () => {
    ui = await startTunnelUi()
  })
  afterAll(() => ui.stop())
  return {
    ui: () => ui,
    open: (path: string, options: BrowserContextOptions = {}) =>
      open(ui, path, { viewport: { width: 1440, height: 1000 }, ...options }),
  }
}
