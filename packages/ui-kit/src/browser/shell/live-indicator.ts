import { html, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { describeTimeZone } from '../format/time-zone.js'
import { type Status, statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** Is what is on the page now? And in which time zone is it told? */
@customElement('mon-live-indicator')
export class LiveIndicator extends UiElement {
  protected override sources(): OnChange[] {
    return [ui.connection.onChange, ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const { t, locale } = ui.i18n
    const { status, heard_at } = ui.connection
    switch (status.state) {
      case 'live':
        return row(
          'ok',
          t('live.live'),
          t('live.time_zone', { zone: describeTimeZone(locale, new Date(), ui.zone.name) }),
        )
      case 'connecting':
        return row('busy', t('live.connecting'), '')
      case 'lost': {
        const age = ui.fmt.relative((Date.now() - heard_at) / 1000)
        return row('busy', t('live.reconnecting'), heard_at ? t('live.data_age', { age }) : '')
      }
    }
  }
}

function row(status: Status, word: string, more: string): TemplateResult {
  return html`<div class="live">
    <span class="st ${status}">${statusShape(status)}</span><span>${word}</span><small>${more}</small>
  </div>`
}
