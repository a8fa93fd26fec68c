import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { DrawerElement } from '../drawer/drawer-element.js'
import type { OnChange } from '../emitter.js'
import { type FieldErrors, fieldErrorsOf } from '../form/field-errors.js'
import {
  type FieldOptions,
  numberField,
  secretField,
  switchField,
  textField,
} from '../form/fields.js'
import { isCodedError, request } from '../http/request.js'
import { type ConnectionResult, testConnection } from '../http/test-connection.js'
import type { Server } from '../live/server.js'
import { copyableError } from '../parts/copyable-error.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { connectionResult } from './connection-test.js'
import { FormParts } from './form-parts.js'
import {
  bodyOf,
  draftOf,
  dropsToken,
  type Field,
  fields,
  lacksPort,
  problemsOf,
  type ServerDraft,
} from './server-draft.js'
import '../feedback/action-button.js'

/** Adds a server, or changes one. */
@customElement('mon-server-form')
export class ServerForm extends DrawerElement {
  /** As it was when the form was opened; undefined for a new one. */
  @property({ attribute: false }) server: Server | undefined
  @state() private draft: ServerDraft = draftOf(undefined)
  /** Fields that were left or sent: only of these it is said what is wrong. */
  @state() private judged: ReadonlySet<string> = new Set()
  /** What the aggregator refused. */
  @state() private refused: FieldErrors<Field> = {}
  @state() private error: unknown
  @state() private isSaving = false
  @state() private isSubmitted = false
  @state() private result: ConnectionResult | undefined
  @state() private testError: unknown
  private readonly parts = new FormParts(this)

  protected override sources(): OnChange[] {
    return [ui.widgets.onChange]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.draft = draftOf(this.server)
  }

  get isDirty(): boolean {
    const before = draftOf(this.server)
    return JSON.stringify(this.draft) !== JSON.stringify(before) || this.parts.isDirty
  }

  protected get isBusy(): boolean {
    return this.isSaving
  }

  protected override heading(): string {
    const { t } = ui.i18n
    return this.server ? t('manage.edit_title', { name: this.server.name }) : t('manage.add')
  }

  protected override leave(): void {
    ui.route.replace(ui.route.withQuery({ edit: null }))
  }

  protected override body(): TemplateResult {
    const { t } = ui.i18n
    const { draft, server } = this
    return html`<div class="form" @change=${this.judge} @keydown=${this.onEnter}>
      ${textField({ ...this.field('name'), label: t('manage.name'), required: true, autofocus: true })}
      ${textField({
        ...this.field('base_url'),
        label: t('manage.agent_address'),
        required: true,
        mono: true,
        placeholder: 'http://10.0.0.11:7881',
        hint: t(lacksPort(draft) ? 'manage.address_no_port' : 'manage.address_hint'),
      })}
      ${
        dropsToken(draft, server)
          ? html`<div class="note warn" role="status">${icon('info')}<div>${t('manage.token_dropped')}</div></div>`
          : nothing
      }
      ${secretField({
        ...this.field('token'),
        label: t('manage.token'),
        mono: true,
        disabled: draft.removesToken,
        hint: t(server ? 'manage.token_keep' : 'manage.token_hint'),
      })}
      ${
        server
          ? switchField({
              label: t('manage.token_remove'),
              checked: draft.removesToken,
              change: (removesToken) => this.change({ removesToken, token: '' }),
            })
          : nothing
      }
      <div class="form-pair">
        ${numberField({
          ...this.field('poll_interval_s'),
          label: t('manage.interval'),
          mono: true,
          hint: t('manage.interval_hint'),
        })}
        ${textField({ ...this.field('tags'), label: t('manage.tags'), hint: t('manage.tags_hint') })}
      </div>
      ${switchField({
        label: t('manage.enabled_label'),
        checked: draft.enabled,
        change: (enabled) => this.change({ enabled }),
      })}
      ${this.parts.render(server && String(server.id), {
        disabled: this.isSaving,
        submitted: this.isSubmitted,
      })}
      ${this.connectionTest()}
      ${this.error === undefined ? nothing : html`<div role="alert">${copyableError(this.error)}</div>`}
    </div>`
  }

  protected override footer(): TemplateResult {
    const { t } = ui.i18n
    const count = this.judged.size > 0 ? Object.keys(this.errors).length + this.parts.invalid : 0
    return html`<span role="alert">${count > 0 ? t('form.to_correct', { count }) : nothing}</span>
      <button
        type="button"
        class="btn"
        aria-disabled=${this.isSaving ? 'true' : nothing}
        @click=${this.close}
      >
        ${t('common.cancel')}
      </button>
      <mon-action-button
        kind="primary"
        class="save"
        .label=${t(this.server ? 'manage.save' : 'manage.add')}
        .pendingLabel=${t('manage.saving')}
        .run=${this.save}
      ></mon-action-button>`
  }

  private connectionTest(): TemplateResult {
    const { t } = ui.i18n
    const { line, error } = connectionResult(this.result)
    const isKnown = this.result !== undefined || this.testError !== undefined
    return html`<section class="panel connection-test" aria-label=${t('manage.test_title')}>
      <div role="status">
        ${line}
        <mon-action-button
          .label=${t(isKnown ? 'manage.test_again' : 'manage.test_title')}
          .pendingLabel=${t('manage.testing')}
          .run=${this.test}
        ></mon-action-button>
      </div>
      ${error}${this.testError === undefined ? nothing : copyableError(this.testError)}
    </section>`
  }

  private field(name: Field): Pick<FieldOptions, 'id' | 'value' | 'error' | 'change'> {
    return {
      id: `server-${name}`,
      value: this.draft[name],
      error: this.errors[name],
      change: (value) => this.change({ [name]: value }),
    }
  }

  /** In words, of the fields that are judged, and what the aggregator says of any. */
  private get errors(): FieldErrors<Field> {
    const errors: FieldErrors<Field> = { ...this.refused }
    const problems = problemsOf(this.draft)
    for (const name of fields) {
      const problem = problems[name]
      if (problem && this.judged.has(name)) errors[name] = ui.i18n.t(problem)
    }
    return errors
  }

  private change(changes: Partial<ServerDraft>): void {
    this.draft = { ...this.draft, ...changes }
    const changed = new Set(Object.keys(changes))
    this.refused = Object.fromEntries(
      Object.entries(this.refused).filter(([name]) => !changed.has(name)),
    )
    // What was found of another address says nothing of this one.
    if (changed.has('base_url') || changed.has('token')) {
      this.result = undefined
      this.testError = undefined
    }
  }

  private judge({ target }: Event): void {
    if (!(target instanceof HTMLInputElement) || target.value === '') return
    this.judged = new Set([...this.judged, target.id.replace('server-', '')])
  }

  private onEnter(event: KeyboardEvent): void {
    const { key, target, isComposing } = event
    const isOwn = target instanceof HTMLInputElement && target.matches('.field[id^="server-"]')
    if (key !== 'Enter' || isComposing || !isOwn) return
    event.preventDefault()
    this.querySelector<HTMLElement>('.save .btn:last-of-type')?.click()
  }

  private readonly save = async (signal: AbortSignal): Promise<void> => {
    this.judged = new Set(fields)
    this.isSubmitted = true
    this.error = undefined
    if (Object.keys(this.errors).length + this.parts.invalid > 0) return this.showFirstError()
    this.isSaving = true
    try {
      const isNew = this.server === undefined
      const server = await this.saveServer(signal)
      await this.parts.save(String(server.id))
      const { name } = server
      const message = ui.i18n.t(isNew ? 'manage.added' : 'manage.saved', { name })
      ui.toasts.show({ kind: 'success', message })
      this.leave()
    } catch (error) {
      if (!signal.aborted) await this.showRefusal(error)
    } finally {
      this.isSaving = false
    }
  }

  /** A server that was added stays so, even if a plugin's part of it is refused thereafter. */
  private async saveServer(signal: AbortSignal): Promise<Server> {
    const { server, draft } = this
    const body = bodyOf(draft, server)
    if (server !== undefined && Object.keys(body).length === 0) return server
    const [method, path] = server ? ['PUT', `/api/servers/${server.id}`] : ['POST', '/api/servers']
    const { latest: _latest, ...saved } = await request<Server>(method, path, body, signal)
    // The stream brings its figures.
    ui.store.apply({ [saved.id]: saved })
    this.server = { ...saved, latest: null }
    this.draft = draftOf(this.server)
    return this.server
  }

  private readonly test = async (signal: AbortSignal): Promise<void> => {
    this.judged = new Set([...this.judged, 'base_url', 'token'])
    if (this.errors.base_url || this.errors.token) return this.showFirstError()
    const { base_url, token } = this.draft
    this.result = undefined
    this.testError = undefined
    try {
      const target = {
        base_url: base_url.trim(),
        ...(token && { token }),
        ...(this.server && !this.draft.removesToken && { id: this.server.id }),
      }
      this.result = await testConnection(target, signal)
    } catch (error) {
      if (!signal.aborted) this.testError = error
    }
  }

  private async showRefusal(error: unknown): Promise<void> {
    const { t } = ui.i18n
    const refused = fieldErrorsOf(error, fields)
    if (refused !== undefined) {
      this.refused = Object.fromEntries(
        Object.entries(refused).map(([name, text]) => [name, t('form.refused', { text })]),
      )
    } else if (isCodedError(error) && error.code === 'SERVER_NAME_TAKEN') {
      this.refused = { name: t('manage.name_taken') }
    } else if (!this.parts.refuses(error)) this.error = this.parts.causeOf(error)
    await this.showFirstError()
  }

  private async showFirstError(): Promise<void> {
    await this.updateComplete
    const first = this.querySelector<HTMLElement>(
      '[aria-invalid="true"], .drawer-body [role="alert"]',
    )
    // A section may have been folded since.
    first?.closest('details')?.setAttribute('open', '')
    if (first?.matches('input')) first.focus()
    else first?.scrollIntoView({ block: 'nearest' })
  }
}
