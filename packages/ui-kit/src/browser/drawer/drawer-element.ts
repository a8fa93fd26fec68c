import { html, type TemplateResult } from 'lit'
import type { Unsubscribe } from '../emitter.js'
import { confirmDanger } from '../feedback/confirm.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/**
 * A form at the edge of the page. It opens as it enters the page, asks before edits are lost, and
 * gives the focus back to what opened it when it leaves.
 */
export abstract class DrawerElement extends UiElement {
  private opener: Element | null = null
  private isAsking = false
  private mayBeLost = false
  private unguard: Unsubscribe | undefined

  protected abstract heading(): string
  protected abstract body(): unknown
  protected abstract footer(): unknown
  /** Something was typed that is not saved. */
  abstract readonly isDirty: boolean
  /** Nothing can be closed now: a request is on its way. */
  protected abstract readonly isBusy: boolean
  /** Takes it out of the page. */
  protected abstract leave(): void

  protected override render(): TemplateResult {
    return html`<dialog
      class="drawer"
      closedby="any"
      aria-label=${this.heading()}
      @keydown=${this.onKeyDown}
      @cancel=${this.onCancel}
    >
      <div class="drawer-head">
        <h2>${this.heading()}</h2>
        <button
          type="button"
          class="btn quiet icon"
          aria-label=${ui.i18n.t('common.close')}
          @click=${this.close}
        >
          ${icon('x')}
        </button>
      </div>
      <div class="drawer-body">${this.body()}</div>
      <div class="drawer-foot">${this.footer()}</div>
    </dialog>`
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.opener = document.activeElement
    window.addEventListener('beforeunload', this.onUnload)
    this.unguard = ui.route.guard(() => !(this.isDirty || this.isBusy) || this.mayLeave())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('beforeunload', this.onUnload)
    this.unguard?.()
    const isThere = this.opener?.isConnected && this.opener !== document.body
    const target = isThere ? this.opener : document.querySelector('main')
    if (target instanceof HTMLElement) target.focus()
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal()
  }

  /** @returns whether the edits, if there are any, may be lost */
  private async mayLeave(): Promise<boolean> {
    if (this.isBusy || this.isAsking) return false
    if (!this.isDirty || this.mayBeLost) return true
    const { t } = ui.i18n
    this.isAsking = true
    try {
      this.mayBeLost = await confirmDanger({
        title: t('form.unsaved'),
        message: t('form.unsaved_detail'),
        confirm: t('form.discard'),
        cancel: t('form.keep'),
      })
      return this.mayBeLost
    } finally {
      this.isAsking = false
    }
  }

  protected readonly close = async (): Promise<void> => {
    if (await this.mayLeave()) this.leave()
  }

  /** The browser lets a page refuse Escape once only, unless it never hears of the key. */
  private onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    void this.close()
  }

  private onCancel(event: Event): void {
    event.preventDefault()
    void this.close()
  }

  private readonly onUnload = (event: Event): void => {
    if (this.isDirty) event.preventDefault()
  }
}
