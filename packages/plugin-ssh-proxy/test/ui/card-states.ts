import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { sidewaysScroll, violations } from '../../../ui-kit/test/accessibility.js'
import type { Look } from '../../../ui-kit/test/looks.js'
import type { OpenedPage } from '../../../ui-kit/test/with-browser.js'
import {
  type StandInAgent,
  sampleConfig,
  tunnelOf,
} from '../../src/aggregator/testdata/stand-in-agent.js'
import { proxyMessages } from '../../src/messages.js'
import type { TunnelUi } from './tunnel-ui.js'

/** The text of a message as a page in this look shows it. */
export function wordsOf(look: Pick<Look, 'locale'>) {
  const messages = proxyMessages[look.locale === 'zh-CN' ? 'zh-CN' : 'en']
  return (key: string) => messages[key] ?? key
}

/** Every state that a card can be in, and how a server comes into it. */
const states: Record<string, (agent: StandInAgent, save: Save) => unknown> = {
  none: () => undefined,
  stopped: (_, save) => save(sampleConfig()),
  starting: (agent) => {
    agent.tunnel = tunnelOf('starting')
  },
  connected: (agent) => {
    agent.tunnel = tunnelOf('connected')
  },
  degraded: (agent) => {
    agent.tunnel = tunnelOf('degraded')
  },
  reconnecting: (agent) => {
    agent.tunnel = tunnelOf('reconnecting')
  },
  failed: (agent) => {
    agent.tunnel = tunnelOf('failed')
  },
  disabled: (agent, save) => {
    agent.tunnel = tunnelOf('stopped')
    return save(sampleConfig({ enabled: false }))
  },
  not_installed: (agent) => {
    agent.hasPlugin = false
  },
  unreachable: (agent) => {
    agent.isGone = true
  },
}
type Save = (config: ReturnType<typeof sampleConfig>) => Promise<unknown>

/** Takes a server through all states while its page is open, and holds each against axe, or those named. */
export async function checkCard(
  { aggregator, add, agent }: TunnelUi,
  look: Look,
  open: (path: string) => Promise<OpenedPage>,
  named: readonly string[] = Object.keys(states),
): Promise<void> {
  const server = await agent()
  const id = await add(Object.values(look).join('-'), server)
  const { page, complaints } = await open(`/servers/${id}`)
  const card = page.locator('ssh-proxy-card')
  const say = wordsOf(look)
  const save: Save = (config) =>
    aggregator.request('PUT', `/api/servers/${id}/proxy`, { config, action: null })
  for (const [state, enter] of Object.entries(states)) {
    await enter(server, save)
    await stateOf(card)
      .getByText(say(`state.${state}`), { exact: true })
      .waitFor({ timeout: 15_000 })
    expect(await sidewaysScroll(page), state).toBe(0)
    if (named.includes(state)) expect(await violations(page), state).toEqual([])
  }
  expect(complaints).toEqual([])
}

export function stateOf(card: Locator): Locator {
  return card.locator('.panel-head [role="status"]')
}
