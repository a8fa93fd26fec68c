import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { describeError, RequestError } from '../http/request.js'
import { brandName } from '../shell/brand.js'
import { appearance } from '../shell/preferences.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** In the place of the page, whose address stays: who has logged in is where he was. */
@customElement('mon-login')
export class LoginPage extends UiElement {
  @state() private error: unknown
  @state() private isBusy = false

  protected override sources(): OnChange[] {
    return [ui.session.onChange, ui.theme.onChange]
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    return html`<main class="login">
      <div class="panel">
        <div class="brand">${brandName()}</div>
        <h1>${t('login.title')}</h1>
        ${ui.session.status === 'locked' ? html`<p>${t('login.locked')}</p>` : this.form()}
      </div>
      <div class="side-tools">${appearance()}</div>
    </main>`
  }

  private form(): TemplateResult {
    const { t } = ui.i18n
    const isWrong = this.error !== undefined
    return html`<form @submit=${this.submit}>
      <label for="password">${t('login.password')}</label>
      <input
        class="field"
        id="password"
        type="password"
        autocomplete="current-password"
        maxlength="1024"
        required
        aria-invalid=${isWrong}
        aria-describedby=${isWrong ? 'login-error' : nothing}
      />
      <p id="login-error" role="alert">${isWrong ? this.explain() : nothing}</p>
      <button class="btn primary" ?disabled=${this.isBusy}>${t('login.submit')}</button>
    </form>`
  }

  protected override firstUpdated(): void {
    this.input?.focus()
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const { input } = this
    if (this.isBusy || input === null) return
    this.isBusy = true
    this.error = undefined
    try {
      await ui.session.logIn(input.value)
    } catch (error) {
      this.error = error
      input.select()
    } finally {
      this.isBusy = false
    }
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input')
  }

  private explain(): string {
    const { t } = ui.i18n
    const { error } = this
    if (!(error instanceof RequestError)) return describeError(error)
    if (error.code === 'WRONG_PASSWORD') return t('login.wrong')
    const { retry_after_s } = error
    if (retry_after_s === null) return describeError(error)
    return t('login.wait', { delay: ui.fmt.duration(retry_after_s) })
  }
}
