import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import './widget-host.js'

/** A place for plugins' widgets. Without any it takes no room. */
@customElement('mon-slot')
export class Slot extends UiElement {
  @property() name = ''
  @property({ attribute: false }) serverId = ''

  protected override sources(): OnChange[] {
    return [ui.widgets.onChange]
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      ui.widgets.inSlot(this.name),
      ({ tag }) => tag,
      (entry) => html`<mon-widget .entry=${entry} .serverId=${this.serverId}></mon-widget>`,
    )}`
  }
}
