import { LitElement } from 'lit'
import type { OnChange, Unsubscribe } from './emitter.js'
import { ui } from './ui.js'

/**
 * A component of the shell. It renders into the page itself and not into a shadow root: one
 * style sheet serves all, labels and landmarks reach across components, and plugins' widgets
 * find the tokens and the kit's classes around them.
 */
export abstract class UiElement extends LitElement {
  private unsubscribes: Unsubscribe[] = []

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** What makes it render again while it is in the page; language and time zone always do. */
  protected sources(): OnChange[] {
    return []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const update = () => this.requestUpdate()
    this.unsubscribes = [ui.i18n.onChange, ui.zone.onChange, ...this.sources()].map((onChange) =>
      onChange(update),
    )
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
  }
}
