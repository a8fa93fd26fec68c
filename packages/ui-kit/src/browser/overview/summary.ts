import { html, nothing, type TemplateResult } from 'lit'
import type { Server } from '../live/server.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { type FilterState, filterStates, statusOf } from './status-of.js'

/** How many servers are in which state; each count is a filter that can be pressed. */
export function summary(
  servers: ReadonlyMap<string, Server>,
  pressed: FilterState | undefined,
  toggle: (state: FilterState) => void,
): TemplateResult {
  const { t, locale } = ui.i18n
  const count = new Intl.NumberFormat(locale)
  const inState = (state: FilterState) =>
    [...servers.values()].filter((s) => s.state === state).length

  return html`<section class="sum" aria-label=${t('overview.summary')}>
    ${filterStates.map((state) => {
      const { status, word } = statusOf({ state })
      return html`<button aria-pressed=${pressed === state} @click=${() => toggle(state)}>
        <span class="k"><span class="st ${status}">${statusShape(status, 12)}</span>${t(word)}</span>
        <span class="v">
          ${count.format(inState(state))}${
            state === 'online' ? html`<small>/ ${count.format(servers.size)}</small>` : nothing
          }
        </span>
      </button>`
    })}
  </section>`
}
