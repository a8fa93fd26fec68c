import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { patience } from './actions.js'

/**
 * A button that says what it is doing: it keeps its width, runs once at a time, and what takes long
 * can be cancelled. What `run` throws is its own to show.
 */
@customElement('mon-action-button')
export class ActionButton extends UiElement {
  @property({ attribute: false }) label: unknown = ''
  /** While it runs: "Saving…". */
  @property({ attribute: false }) pendingLabel: unknown = ''
  @property() kind: 'primary' | 'quiet' | '' = ''
  /** Says more to a screen reader than the label does. */
  @property({ attribute: false }) name = ''
  /** Something beside it runs. */
  @property({ type: Boolean }) blocked = false
  @property({ attribute: false }) run: (signal: AbortSignal) => Promise<unknown> = async () => {}
  @state() private running: AbortController | undefined
  @state() private isSlow = false

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // A list that is sorted anew takes its rows out and puts them in again at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.running?.abort()
    })
  }

  protected override render(): TemplateResult {
    const isPending = this.running !== undefined
    return html`${
      this.isSlow
        ? html`<button type="button" class="btn" @click=${() => this.running?.abort()}>
            ${ui.i18n.t('form.stop')}
          </button>`
        : nothing
    }<button
        type="button"
        class="btn ${this.kind}"
        aria-label=${this.name || nothing}
        aria-busy=${isPending ? 'true' : nothing}
        aria-disabled=${isPending || this.blocked ? 'true' : nothing}
        @click=${this.start}
      >
        <span class="word">
          <span aria-hidden=${isPending ? 'true' : nothing}>${this.label}</span>
          <span aria-hidden=${isPending ? nothing : 'true'}>
            <span class="spin"></span>${this.pendingLabel}
          </span>
        </span>
      </button>`
  }

  readonly start = async (): Promise<void> => {
    if (this.running || this.blocked) return
    const running = new AbortController()
    this.running = running
    const timer = setTimeout(() => {
      this.isSlow = true
    }, patience)
    try {
      await this.run(running.signal)
    } finally {
      clearTimeout(timer)
      this.running = undefined
      this.isSlow = false
    }
  }
}
