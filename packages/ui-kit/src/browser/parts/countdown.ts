import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** How long it is until something, counting down by itself: `in 16 s`, with the time itself in the tooltip. */
@customElement('mon-countdown')
export class Countdown extends UiElement {
  /** Epoch seconds. */
  @property({ attribute: false }) at = 0

  protected override sources(): OnChange[] {
    return [ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const datetime = new Date(this.at * 1000).toISOString()
    const text = ui.fmt.until(this.at - ui.clock.now())
    return html`<time datetime=${datetime} title=${ui.fmt.time(this.at)}>${text}</time>`
  }
}
