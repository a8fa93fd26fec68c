import { describe, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { checkStates, looks, managedFleet } from './manage-states.js'
import { withBrowser } from './with-browser.js'

describe.skipIf(!chromiumPath)('The page of servers, in every state', () => {
  const { serve, open } = withBrowser()

  it.each(looks)('is accessible: $colorScheme, $locale, $width px', async (look) => {
    const { width, ...options } = look
    const server = await serve([], managedFleet())
    const viewport = { width, height: 900 }
    await checkStates(server, await open(server, '/servers', { ...options, viewport }))
  })
})
