import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { offsetOf } from '../format/time-zone.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** How long ago something was, counting on: `3 min ago`, with the time itself in the tooltip or in brackets. */
@customElement('mon-age')
export class Age extends UiElement {
  /** Epoch seconds. */
  @property({ attribute: false }) at = 0

  /** Shows the time itself, too. */
  @property({ type: Boolean }) full = false

  /** Says how far that time is from universal time, too: `UTC+8`. */
  @property({ type: Boolean }) zone = false

  protected override sources(): OnChange[] {
    return [ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const datetime = new Date(this.at * 1000).toISOString()
    const timeOfDay = ui.fmt.time(this.at)
    const time = this.zone
      ? ui.i18n.t('time.with_offset', { time: timeOfDay, offset: this.offset })
      : timeOfDay
    const age = ui.age(this.at)
    const text = this.full ? ui.i18n.t('time.age_and_time', { age, time }) : age
    return html`<time datetime=${datetime} title=${time}>${text}</time>`
  }
  private get offset(): string {
    return offsetOf(ui.i18n.locale, new Date(this.at * 1000), ui.zone.name)
  }
}
