import { describe, it } from 'vitest'
import { chromiumPath } from '../../../../test/chromium.js'
import { allLooks } from '../../../ui-kit/test/looks.js'
import { sampleConfig, tunnelOf } from '../../src/aggregator/testdata/stand-in-agent.js'
import { checkCard } from './card-states.js'
import { checkPage } from './check-page.js'
import { withTunnels } from './with-tunnels.js'

describe.skipIf(!chromiumPath)('A tunnel is accessible', () => {
  const { ui, open } = withTunnels()

  it.each(allLooks)(
    'in every state on the page of its server: $colorScheme, $locale, $width px',
    async (look) => {
      const { colorScheme, locale, width } = look
      await checkCard(ui(), look, (path) =>
        open(path, { colorScheme, locale, viewport: { width, height: 900 } }),
      )
    },
  )

  it('on the page of the fleet and on the overview, in every look', async () => {
    for (const state of ['connected', 'degraded', 'failed', 'reconnecting'] as const) {
      const agent = await ui().agent()
      agent.tunnel = tunnelOf(state)
      await ui().add(`fleet-${state}`, agent, sampleConfig())
    }
    for (const look of allLooks) {
      for (const path of ['/p/ssh-proxy', '/?q=fleet', '/?view=table&q=fleet']) {
        await checkPage(look, (options) => open(path, options))
      }
    }
  })
})
