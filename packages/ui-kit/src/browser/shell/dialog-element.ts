import { html, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** A dialog that opens as it enters the page and leaves it when it is closed. */
export abstract class DialogElement extends UiElement {
  protected abstract heading(): string
  protected abstract body(): unknown

  protected override render(): TemplateResult {
    return html`<dialog
      class="dialog"
      closedby="any"
      aria-label=${this.heading()}
      @close=${this.leave}
    >
      <div class="dialog-head">
        <h2>${this.heading()}</h2>
        <button class="btn quiet icon" aria-label=${ui.i18n.t('common.close')} @click=${this.close}>
          ${icon('x')}
        </button>
      </div>
      ${this.body()}
    </dialog>`
  }

  protected override firstUpdated(): void {
    this.dialog?.showModal()
  }

  protected close(): void {
    this.dialog?.close()
  }

  /** The browser gives the focus back, unless it came from a menu that has closed. */
  private leave(): void {
    this.remove()
    if (document.activeElement === document.body) document.querySelector('main')?.focus()
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog')
  }
}
