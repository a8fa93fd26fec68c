import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** How long ago something was, counting on. */
@customElement('mon-age')
export class Age extends UiElement {
  /** Epoch seconds. */
  @property({ attribute: false }) at = 0

  protected override sources(): OnChange[] {
    return [ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const datetime = new Date(this.at * 1000).toISOString()
    return html`<time datetime=${datetime} title=${ui.fmt.time(this.at)}>${ui.age(this.at)}</time>`
  }
}
