import { describe, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { allLooks } from './looks.js'
import { checkStates, managedFleet } from './manage-states.js'
import { withBrowser } from './with-browser.js'

describe.skipIf(!chromiumPath)('The page of servers, in every state', () => {
  const { serve, open } = withBrowser()

  it.each(allLooks)('is accessible: $colorScheme, $locale, $width px', async (look) => {
    const { width, ...options } = look
    const server = await serve([], managedFleet())
    const viewport = { width, height: 900 }
    await checkStates(server, await open(server, '/servers', { ...options, viewport }))
  })
})
