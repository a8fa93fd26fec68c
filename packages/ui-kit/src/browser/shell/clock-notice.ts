import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** Less is nothing that an operator would notice, seconds. */
const tolerance = 5

/** Says that the clocks of this computer and of the centre differ: then no time is what it seems. */
@customElement('mon-clock-notice')
export class ClockNotice extends UiElement {
  @state() private isDismissed = false

  protected override sources(): OnChange[] {
    return [ui.connection.onChange]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { skew } = ui.clock
    if (this.isDismissed || Math.abs(skew) <= tolerance) return nothing
    const { t } = ui.i18n
    const delay = ui.fmt.duration(Math.abs(skew))
    return html`<div class="note warn" role="status">
      ${icon('clock')}
      <div>${skew > 0 ? t('clock.ahead', { delay }) : t('clock.behind', { delay })}</div>
      <button class="link" @click=${this.dismiss}>${t('clock.dismiss')}</button>
    </div>`
  }

  private dismiss(): void {
    this.isDismissed = true
  }
}
