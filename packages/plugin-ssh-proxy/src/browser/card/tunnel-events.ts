import { foldOut, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { ProxyEvent } from '../../proxy-status.js'
import { stateLine } from '../tunnel-state.js'

/** What has become of the tunnel, the newest first. */
export function tunnelEvents(
  events: readonly ProxyEvent[],
  ctx: WidgetContext,
): TemplateResult | typeof nothing {
  if (events.length === 0) return nothing
  const { i18n, fmt } = ctx
  return foldOut({
    title: i18n.t('ssh-proxy.events'),
    aside: fmt.number(events.length),
    name: 'ssh-proxy.events',
    content: html`<ol class="ssh-proxy-events">
      ${events.toReversed().map(({ at, status, code, message }) => {
        const time = new Date(at * 1000).toISOString()
        return html`<li>
          ${stateLine(status, ctx)} <time class="dim" datetime=${time}>${fmt.time(at)}</time>
          <span class="what">
            ${code === null ? nothing : html`<span class="mono">${code}</span>`} ${message}
          </span>
        </li>`
      })}
    </ol>`,
  })
}
