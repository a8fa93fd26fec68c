import {
  copyable,
  copyableError,
  type FieldOptions,
  type FormChange,
  icon,
  numberField,
  switchField,
  textField,
} from '@mon/ui-kit'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { ChangedTunnel, ServerTunnel } from '../../aggregator/server-tunnel.js'
import { ActionFailure } from '../failure.js'
import { TunnelElement } from '../tunnel-element.js'
import { agentSnippet } from './agent-snippet.js'
import {
  configOf,
  draftOf,
  isDraft,
  problemsOf,
  type TextField,
  type TunnelDraft,
  textFields,
} from './tunnel-draft.js'

/** In the form of a server: its tunnel. */
export class TunnelForm extends TunnelElement {
  @property({ attribute: false }) value: unknown
  @property({ attribute: false }) errors: Record<string, string> = {}
  @property({ attribute: false }) disabled = false
  /** Somebody has tried to save: what is missing is said now, too. */
  @property({ attribute: false }) submitted = false
  @state() private draft: TunnelDraft = draftOf(null)
  /** What the aggregator has saved; undefined while it is not known. */
  @state() private saved: Pick<ServerTunnel, 'config' | 'etag'> | undefined
  @state() private loadError: unknown
  /** Fields that were left: of these it is said when they are empty. */
  @state() private left: ReadonlySet<string> = new Set()
  /** The agent does not allow what was saved. */
  @state() private refusal: ActionFailure | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    if (isDraft(this.value)) this.draft = this.value
    void this.load()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // It was folded or loaded again meanwhile.
    if (changed.has('value') && isDraft(this.value)) this.draft = this.value
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.ctx === undefined) return nothing
    const { t } = this.ctx.i18n
    const { draft, disabled } = this
    if (this.loadError !== undefined) return this.failure()
    if (this.saved === undefined) {
      return html`<mon-loading .label=${t('ssh-proxy.loading')}></mon-loading>`
    }
    return html`<div class="form" @change=${this.leave}>
      ${switchField({
        label: t('ssh-proxy.field.enabled'),
        checked: draft.enabled,
        disabled,
        change: (enabled) => this.change({ enabled }),
      })}
      <p class="form-hint">${t('ssh-proxy.form_hint')}</p>
      ${draft.enabled || this.saved.config !== null ? this.fields() : nothing}
      ${this.refusal === undefined ? nothing : this.advice(this.refusal)}
    </div>`
  }

  private fields(): TemplateResult {
    const t = (key: string) => this.ctx?.i18n.t(key) ?? key
    const { draft, disabled } = this
    const { strict_host_key_checking, auto_start } = draft
    return html`<div class="form-pair">
        ${numberField({ ...this.field('server_listen_port'), hint: t('ssh-proxy.hint.server_listen_port') })}
        ${numberField({ ...this.field('center_proxy_port'), hint: t('ssh-proxy.hint.center_proxy_port') })}
      </div>
      <div class="form-pair">
        ${textField({ ...this.field('center_ssh_host'), hint: t('ssh-proxy.hint.center_ssh_host') })}
        ${numberField(this.field('center_ssh_port'))}
      </div>
      <div class="form-pair">
        ${textField(this.field('center_ssh_user'))}
        ${textField({ ...this.field('identity_file'), hint: t('ssh-proxy.hint.identity_file') })}
      </div>
      ${switchField({
        label: t('ssh-proxy.field.strict_host_key_checking'),
        checked: strict_host_key_checking,
        disabled,
        change: (strict) => this.change({ strict_host_key_checking: strict }),
      })}
      ${
        strict_host_key_checking
          ? nothing
          : html`<p class="form-hint">${t('ssh-proxy.hint.not_strict')}</p>`
      }
      ${switchField({
        label: t('ssh-proxy.field.auto_start'),
        checked: auto_start,
        disabled,
        change: (auto_start) => this.change({ auto_start }),
      })}`
  }

  private field(name: TextField): FieldOptions {
    const { draft, disabled } = this
    return {
      id: `ssh-proxy-${name}`,
      label: this.ctx?.i18n.t(`ssh-proxy.field.${name}`) ?? name,
      value: draft[name],
      error: this.errorOf(name),
      change: (text) => this.change({ [name]: text }),
      disabled,
      required: true,
      mono: true,
    }
  }

  /** What is typed wrong is said at once; what is missing, once it was left or sent. */
  private errorOf(name: TextField): string | undefined {
    const { i18n } = this.ctx ?? {}
    const problem = problemsOf(this.draft)[name]
    if (problem !== undefined) {
      const isQuiet = problem === 'missing' && !this.left.has(name) && !this.submitted
      return isQuiet ? undefined : i18n?.t(`ssh-proxy.problem.${problem}`)
    }
    const text = this.errors[`config.${name}`]
    return text === undefined ? undefined : i18n?.t('form.refused', { text })
  }

  /** What to do on the server so that its agent allows it. */
  private advice(refusal: ActionFailure): TemplateResult {
    const t = (key: string) => this.ctx?.i18n.t(key) ?? key
    const labels = { copy: t('ssh-proxy.copy_snippet'), copied: t('ssh-proxy.copied') }
    return html`<div class="note warn ssh-proxy-advice" role="alert">
      ${icon('info')}
      <div>
        <strong>${t('ssh-proxy.refused')}</strong>
        <p>${refusal.message}</p>
        <p>${t('ssh-proxy.refused_do')}</p>
        ${copyable(agentSnippet(configOf(this.draft)), labels)}
        ${copyable('sudo systemctl restart mon-agent', labels)}
      </div>
    </div>`
  }

  private failure(): TemplateResult {
    return copyableError(
      this.loadError,
      html`<div class="btn-row">
        <button type="button" class="btn" @click=${() => void this.load()}>
          ${this.ctx?.i18n.t('common.retry')}
        </button>
      </div>`,
    )
  }

  private async load(): Promise<void> {
    this.loadError = undefined
    try {
      this.saved =
        this.serverId === undefined
          ? { config: null, etag: '' }
          : await this.ctx?.request<ServerTunnel>('GET', pathOf(this.serverId))
      if (!isDraft(this.value)) this.draft = draftOf(this.saved?.config ?? null)
    } catch (error) {
      this.loadError = error
    }
  }

  private readonly leave = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return
    this.left = new Set([...this.left, target.id.replace('ssh-proxy-', '')])
  }

  private change(changes: Partial<TunnelDraft>): void {
    this.draft = { ...this.draft, ...changes }
    this.refusal = undefined
    const { draft, save } = this
    // One that was switched on and off again, and never saved, need not be right.
    const isUnused = !draft.enabled && this.saved?.config === null
    const valid = isUnused || textFields.every((name) => problemsOf(draft)[name] === undefined)
    const detail: FormChange = {
      value: draft,
      valid,
      save: isUnused ? () => Promise.resolve() : save,
    }
    this.dispatchEvent(new CustomEvent('ui-change', { bubbles: true, detail }))
  }

  private readonly save = async (serverId: string): Promise<void> => {
    const { ctx } = this
    if (ctx === undefined) return
    const config = configOf(this.draft)
    const etag = this.serverId === serverId ? this.saved?.etag : undefined
    const changed = await ctx.request<ChangedTunnel>(
      'PUT',
      pathOf(serverId),
      { config, action: config.enabled ? 'start' : null },
      etag ? { headers: { 'if-match': etag } } : {},
    )
    this.saved = changed
    const { error } = changed.action ?? {}
    if (!error) return
    const failure = new ActionFailure(error)
    // What nobody can mend in this form does not keep it open: it is saved.
    if (error.code.startsWith('AGENT_') || error.code === 'PROXY_NOT_INSTALLED') {
      const message = ctx.i18n.t('ssh-proxy.saved_only')
      ctx.toast({ kind: 'error', message, detail: `${error.code} ${error.message}` })
      return
    }
    if (error.code === 'REMOTE_CONFIG_REFUSED') this.refusal = failure
    throw failure
  }
}

function pathOf(serverId: string): string {
  return `/api/servers/${serverId}/proxy`
}
