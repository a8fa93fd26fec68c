import { html, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** Says how old the figures are while the live connection is lost. */
@customElement('mon-lost-notice')
export class LostNotice extends UiElement {
  protected override sources(): OnChange[] {
    return [ui.connection.onChange, ui.clock.onTick]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { status, heard_at } = ui.connection
    if (status.state !== 'lost') return nothing
    const { t } = ui.i18n
    const age = ui.fmt.relative((Date.now() - heard_at) / 1000)
    const time = ui.fmt.time(heard_at / 1000)
    return html`<div class="note warn">
      ${icon('unplug')}
      <div>
        <strong>${t('live.lost')}</strong>
        ${t('live.lost_detail', { age, time, attempt: status.attempt })}
      </div>
      <button class="link" @click=${ui.connection.reconnect}>${t('live.reconnect')}</button>
    </div>`
  }
}
