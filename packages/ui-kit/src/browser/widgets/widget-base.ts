import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import type { WidgetContext } from './widget-context.js'

/**
 * A widget in lit. It renders into the page itself, whose style sheet it shares, and renders again
 * when the language or the time zone changes.
 */
export abstract class WidgetBase extends LitElement {
  @property({ attribute: false }) ctx?: WidgetContext
  @property({ attribute: false }) serverId?: string

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // The page ends it when the widget leaves.
    this.ctx?.i18n.onChange(() => this.requestUpdate())
  }

  /** Calls back when one of these fields of a server changes, until the widget leaves the page. */
  protected follow(serverId: string, fields: readonly string[], callback: () => void): void {
    for (const field of fields) this.ctx?.store.subscribe(serverId, field, callback)
  }
}
