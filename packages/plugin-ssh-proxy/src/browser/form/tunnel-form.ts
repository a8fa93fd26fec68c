import {
  copyableError,
  type FormChange,
  switchField,
  WidgetBase,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { ChangedTunnel, ServerTunnel } from '../../aggregator/server-tunnel.js'
import { ActionFailure } from '../failure.js'
import { agentAdvice } from './agent-advice.js'
import {
  configOf,
  draftOf,
  isDraft,
  problemsOf,
  type TextField,
  type TunnelDraft,
  textFields,
} from './tunnel-draft.js'
import { tunnelInputs } from './tunnel-inputs.js'

/** In the form of a server: its tunnel. */
export class TunnelForm extends WidgetBase {
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
      ${draft.enabled || this.saved.config !== null ? this.inputs(this.ctx) : nothing}
      ${this.refusal === undefined ? nothing : agentAdvice(this.refusal, configOf(draft), this.ctx)}
    </div>`
  }

  private inputs(ctx: WidgetContext): TemplateResult {
    const { draft, disabled } = this
    return tunnelInputs({
      draft,
      disabled,
      ctx,
      errorOf: (name) => this.errorOf(name),
      change: (changes) => this.change(changes),
    })
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
