import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import type { LiveStore } from '../live/live-store.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { WidgetEntry } from './widget-catalogue.js'
import type { WidgetProperties } from './widget-context.js'
import './widget-host.js'

/** A place for plugins' widgets. Without any it takes no room. */
@customElement('mon-slot')
export class Slot extends UiElement {
  @property() name = ''
  /** In `server.detail`: the column. */
  @property() placement: 'main' | 'aside' | undefined
  @property({ attribute: false }) serverId = ''
  /** What its widgets read; the fleet in summary unless given. */
  @property({ attribute: false }) store: LiveStore = ui.store
  /** What the slot gives its widgets besides. */
  @property({ attribute: false }) props: WidgetProperties = {}

  protected override sources(): OnChange[] {
    return [ui.widgets.onChange]
  }

  protected override render(): TemplateResult {
    const { serverId } = this
    const props = { ...(serverId !== '' && { serverId }), ...this.props }
    return html`${repeat(
      ui.widgets.inSlot(this.name).filter((entry) => this.isHere(entry)),
      ({ tag }) => tag,
      (entry) => html`<mon-widget
        .entry=${entry}
        .store=${this.store}
        .props=${props}
      ></mon-widget>`,
    )}`
  }

  private isHere({ placement }: WidgetEntry): boolean {
    return this.placement === undefined || (placement ?? 'main') === this.placement
  }
}
