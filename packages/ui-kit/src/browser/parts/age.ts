import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** How long ago something was, counting on: `3 min ago`, with the time itself in the tooltip or in brackets. */
@customElement('mon-age')
export class Age extends UiElement {
  /** Epoch seconds. */
  @property({ attribute: false }) at = 0

  /** Shows the time itself, too. */
  @property({ type: Boolean }) full = false

  protected override sources(): OnChange[] {
    return [ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const datetime = new Date(this.at * 1000).toISOString()
    const time = ui.fmt.time(this.at)
    const age = ui.age(this.at)
    const text = this.full ? ui.i18n.t('time.age_and_time', { age, time }) : age
    return html`<time datetime=${datetime} title=${time}>${text}</time>`
  }
}
