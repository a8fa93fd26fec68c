import { html, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import { copyable } from '../parts/copyable.js'
import { icon } from '../parts/icon.js'
import { type Status, statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { Toast } from './toasts.js'

const successTime = 5000

const shapes = { success: 'ok', error: 'crit', pending: 'busy' } as const satisfies Record<
  Toast['kind'],
  Status
>

/** Successes leave after 5 s, unless pointer or focus rests on them; errors stay. */
@customElement('mon-toasts')
export class ToastList extends UiElement {
  private timers = new Map<number, number>()
  private newest = 0

  protected override sources(): OnChange[] {
    return [ui.toasts.onChange]
  }

  /** A popover, so that it stands before an open dialog. */
  protected override render(): TemplateResult {
    return html`<div
      class="toasts"
      popover="manual"
      role="region"
      aria-label=${ui.i18n.t('common.notices')}
      @pointerenter=${this.pause}
      @focusin=${this.pause}
      @pointerleave=${this.resume}
      @focusout=${this.resume}
    >
      ${repeat(
        ui.toasts.list,
        ({ id }) => id,
        (toast) => this.toast(toast),
      )}
    </div>`
  }

  private toast(toast: Toast): TemplateResult {
    const { t } = ui.i18n
    const { id, kind, message } = toast
    const labels = { copy: t('common.copy_error'), copied: t('common.copied') }
    return html`<div class="toast" role=${kind === 'error' ? 'alert' : 'status'}>
      <span class="st ${shapes[kind]}">${statusShape(shapes[kind])}</span>
      <span>${message}</span>
      ${
        toast.kind === 'pending'
          ? html`<button class="link" @click=${toast.action.run}>${toast.action.label}</button>`
          : html`<button
                class="btn quiet icon"
                aria-label=${t('common.close')}
                title=${t('common.close')}
                @click=${() => this.dismiss(id)}
              >
                ${icon('x')}
              </button>
              ${toast.detail ? copyable(toast.detail, labels) : nothing}`
      }
    </div>`
  }

  protected override updated(): void {
    this.standInFront()
    this.resume()
  }

  /** Shown anew for every notice: a dialog that was opened since the last one lies above it. */
  private standInFront(): void {
    const { box } = this
    const newest = ui.toasts.list.at(-1)?.id
    if (box === null || newest === this.newest) return
    const isInUse = box.matches(':focus-within')
    if (newest === undefined || !isInUse) box.hidePopover()
    if (newest !== undefined && !isInUse) box.showPopover()
    this.newest = newest ?? 0
  }

  /** Focus goes to the notice that is left, or back to the page. */
  private async dismiss(id: number): Promise<void> {
    ui.toasts.dismiss(id)
    await this.updateComplete
    const next = this.querySelector('button') ?? document.querySelector('main')
    next?.focus()
  }

  private pause(): void {
    for (const timer of this.timers.values()) window.clearTimeout(timer)
    this.timers.clear()
  }

  private resume(): void {
    const isInUse = this.box?.matches(':hover, :focus-within') ?? false
    if (isInUse) this.pause()
    for (const { id, kind } of ui.toasts.list) {
      if (isInUse || kind !== 'success' || this.timers.has(id)) continue
      this.timers.set(
        id,
        window.setTimeout(() => this.expire(id), successTime),
      )
    }
  }

  private expire(id: number): void {
    this.timers.delete(id)
    ui.toasts.dismiss(id)
  }

  private get box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.toasts')
  }
}
