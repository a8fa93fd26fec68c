import { html, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { OnChange } from '../emitter.js'
import { copyable } from '../parts/copyable.js'
import { icon } from '../parts/icon.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import type { Toast } from './toasts.js'

const successTime = 5000

/** Successes leave after 5 s, unless pointer or focus rests on them; errors stay. */
@customElement('mon-toasts')
export class ToastList extends UiElement {
  private timers = new Map<number, number>()

  protected override sources(): OnChange[] {
    return [ui.toasts.onChange]
  }

  protected override render(): TemplateResult {
    return html`<div
      class="toasts"
      role="region"
      aria-label=${ui.i18n.t('common.notices')}
      ?hidden=${ui.toasts.list.length === 0}
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

  private toast({ id, kind, message, detail }: Toast): TemplateResult {
    const { t } = ui.i18n
    return html`<div class="toast" role=${kind === 'error' ? 'alert' : 'status'}>
      <span class="st ${kind === 'error' ? 'crit' : 'ok'}">
        ${statusShape(kind === 'error' ? 'crit' : 'ok')}
      </span>
      <span>${message}</span>
      <button class="btn quiet icon" aria-label=${t('common.close')} @click=${() => ui.toasts.dismiss(id)}>
        ${icon('x')}
      </button>
      ${detail && copyable(detail, { copy: t('common.copy_error'), copied: t('common.copied') })}
    </div>`
  }

  protected override updated(): void {
    this.resume()
  }

  private pause(): void {
    for (const timer of this.timers.values()) window.clearTimeout(timer)
    this.timers.clear()
  }

  private resume(): void {
    for (const { id, kind } of ui.toasts.list) {
      if (kind === 'error' || this.timers.has(id)) continue
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
}
