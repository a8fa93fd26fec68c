import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { UiElement } from '../ui-element.js'

/** Shorter waits show nothing, rather than a flash of grey; milliseconds. */
const delay = 200

/**
 * What stands in the place of what is being loaded.
 *
 * @example
 * html`<mon-loading .label=${'Loading servers'} .shape=${skeleton('60%')}></mon-loading>`
 */
@customElement('mon-loading')
export class Loading extends UiElement {
  /** For screen readers. */
  @property({ attribute: false }) label = ''
  /** Of the same shape as what will come. */
  @property({ attribute: false }) shape: TemplateResult | typeof nothing = nothing
  @state() private isSlow = false
  private timer = 0

  override connectedCallback(): void {
    super.connectedCallback()
    this.timer = window.setTimeout(() => {
      this.isSlow = true
    }, delay)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.clearTimeout(this.timer)
  }

  protected override render(): TemplateResult {
    return html`<div class="sr" role="status">${this.isSlow ? this.label : nothing}</div>
      ${this.isSlow ? html`<div aria-hidden="true">${this.shape}</div>` : nothing}`
  }
}
