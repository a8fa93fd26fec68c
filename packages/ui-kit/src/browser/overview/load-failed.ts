import { html, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { describeError } from '../http/request.js'
import { copyable } from '../parts/copyable.js'
import { icon } from '../parts/icon.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** The fleet could not be loaded at all: why, when it is tried again, and a button for now. */
@customElement('mon-load-failed')
export class LoadFailed extends UiElement {
  protected override sources(): OnChange[] {
    return [ui.connection.onChange, ui.clock.onTick]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { status } = ui.connection
    if (status.state !== 'lost') return nothing
    const { t } = ui.i18n
    const delay = ui.fmt.duration(Math.max(0, Math.ceil((status.retry_at - Date.now()) / 1000)))
    const labels = { copy: t('common.copy_error'), copied: t('common.copied') }
    return html`<div class="panel empty">
      <span class="st crit art">${statusShape('crit', 32)}</span>
      <h2>${t('overview.error')}</h2>
      <p>${t('overview.error_detail', { delay, attempt: status.attempt })}</p>
      ${copyable(describeError(status.error), labels)}
      <button class="btn" @click=${ui.connection.reconnect}>
        ${icon('rotate-cw')}${t('overview.retry')}
      </button>
    </div>`
  }
}
