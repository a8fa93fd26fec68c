import {
  Answer,
  copyableError,
  emptyState,
  numberField,
  skeleton,
  textField,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { FreeCards } from '../../aggregator/find-free.js'
import type { FleetCard } from '../../aggregator/fleet-cards.js'
import type { UserProcesses } from '../../aggregator/processes-by-user.js'
import { GpuElement } from '../gpu-element.js'
import { freeTable } from './free-table.js'
import { troubleTable } from './trouble-table.js'
import { keyOf, userProcesses, userTable } from './user-table.js'
import { queryOf, readWish, type Wish, type WrongFields, writeWish } from './wish.js'

/** What is shown is asked for again so often, milliseconds. */
const pace = 15_000
/** Who types is waited for, milliseconds. */
const patience = 300

/** The GPUs of the fleet: where some are free, who uses them, and which need somebody. */
@customElement('gpu-nvidia-page')
export class GpuPage extends GpuElement {
  @state() private wish: Wish = readWish(location.search)
  @state() private processPage = 1
  @state() private troublePage = 1
  private readonly free = new Answer<FreeCards[]>(this, () => {
    const asked = queryOf(this.wish)
    return 'query' in asked ? this.ctx?.request('GET', `/api/gpus/free?${asked.query}`) : undefined
  })
  private readonly users = new Answer<UserProcesses[]>(this, () =>
    this.ctx?.request('GET', '/api/gpus/processes'),
  )
  private readonly trouble = new Answer<FleetCard[]>(this, () =>
    this.ctx?.request('GET', '/api/gpus?trouble=true'),
  )
  private timer = 0
  private typing = 0

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('popstate', this.onPop)
    this.timer = window.setInterval(() => {
      if (!document.hidden) this.refresh()
    }, pace)
    this.refresh()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('popstate', this.onPop)
    window.clearInterval(this.timer)
    window.clearTimeout(this.typing)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx } = this
    if (ctx === undefined) return nothing
    const { t } = ctx.i18n
    return html`<div class="page-head"><h1>GPU</h1></div>
      <section aria-labelledby="gpu-free">
        <h2 id="gpu-free">${t('gpu-nvidia.find_free')}</h2>
        ${this.form(ctx)}
        ${region(this.free, ctx, (found) => this.found(found, ctx))}
      </section>
      <section aria-labelledby="gpu-trouble">
        <h2 id="gpu-trouble">${t('gpu-nvidia.trouble')}</h2>
        ${region(this.trouble, ctx, (cards) => this.troubled(cards, ctx))}
      </section>
      <section aria-labelledby="gpu-users">
        <h2 id="gpu-users">${t('gpu-nvidia.by_user')}</h2>
        ${region(this.users, ctx, (users) => this.used(users, ctx))}
      </section>`
  }

  private form({ i18n }: WidgetContext): TemplateResult {
    const { t } = i18n
    const asked = queryOf(this.wish)
    const wrong: Partial<WrongFields> = 'wrong' in asked ? asked.wrong : {}
    return html`<form
      class="panel gpu-form"
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.free.refresh()
      }}
    >
      ${numberField({
        id: 'gpu-count',
        label: t('gpu-nvidia.wish_count'),
        value: this.wish.count,
        change: (count) => this.type({ count }),
        error: wrong.count ? t('gpu-nvidia.wish_count_wrong') : undefined,
      })}
      ${numberField({
        id: 'gpu-memory',
        label: t('gpu-nvidia.wish_memory'),
        value: this.wish.memory,
        change: (memory) => this.type({ memory }),
        placeholder: t('gpu-nvidia.wish_memory_any'),
        error: wrong.memory ? t('gpu-nvidia.wish_memory_wrong') : undefined,
      })}
      ${textField({
        id: 'gpu-model',
        label: t('gpu-nvidia.wish_model'),
        value: this.wish.model,
        change: (model) => this.type({ model }),
        placeholder: 'H100',
      })}
      <p class="dim gpu-hint">
        ${t(this.wish.memory === '' ? 'gpu-nvidia.free_means' : 'gpu-nvidia.with_memory_means')}
      </p>
    </form>`
  }

  private found(found: readonly FreeCards[], ctx: WidgetContext): TemplateResult {
    const { t } = ctx.i18n
    return found.length === 0
      ? emptyState({ heading: t('gpu-nvidia.none_free'), text: t('gpu-nvidia.none_free_text') })
      : freeTable(found, ctx)
  }

  private troubled(cards: readonly FleetCard[], ctx: WidgetContext): TemplateResult {
    if (cards.length === 0) {
      return html`<p class="panel gpu-quiet dim">${ctx.i18n.t('gpu-nvidia.no_trouble')}</p>`
    }
    const go = (page: number) => {
      this.troublePage = page
    }
    return troubleTable(cards, this.troublePage, go, () => this.trouble.refresh(), ctx)
  }

  private used(users: readonly UserProcesses[], ctx: WidgetContext): TemplateResult {
    if (users.length === 0) {
      return html`<p class="panel gpu-quiet dim">${ctx.i18n.t('gpu-nvidia.no_processes')}</p>`
    }
    const chosen = users.find((user) => keyOf(user) === this.wish.user)
    const go = (page: number) => {
      this.processPage = page
    }
    return html`${userTable(users, this.wish.user, (user) => this.choose(user), ctx)}
    ${chosen ? userProcesses(chosen, this.processPage, go, ctx) : nothing}`
  }

  private refresh(): void {
    for (const answer of [this.free, this.trouble, this.users]) void answer.refresh()
  }

  /** Without a step for the back button, and asked for once the typing pauses. */
  private type(change: Partial<Wish>): void {
    this.wish = { ...this.wish, ...change }
    history.replaceState(null, '', location.pathname + writeWish(this.wish))
    window.clearTimeout(this.typing)
    this.typing = window.setTimeout(this.free.refresh, patience)
  }

  private choose(user: string | null): void {
    this.wish = { ...this.wish, user }
    this.processPage = 1
    this.ctx?.navigate(location.pathname + writeWish(this.wish))
  }

  private readonly onPop = (): void => {
    this.wish = readWish(location.search)
    void this.free.refresh()
  }
}

/** What was answered, why it was not, or the shape of what is to come. */
function region<T>(
  { value, error, refresh }: Answer<T>,
  { i18n }: WidgetContext,
  show: (value: T) => TemplateResult,
): TemplateResult {
  const failure =
    error === undefined
      ? nothing
      : html`<div class="panel gpu-quiet">
          ${copyableError(
            error,
            html`<div class="btn-row">
              <button class="btn" @click=${refresh}>${i18n.t('common.retry')}</button>
            </div>`,
          )}
        </div>`
  if (value !== undefined) return html`${failure}${show(value)}`
  if (error !== undefined) return html`${failure}`
  return html`<mon-loading
    .label=${i18n.t('gpu-nvidia.loading')}
    .shape=${html`<div class="panel gpu-quiet">${skeleton('60%')}<br />${skeleton('80%')}</div>`}
  ></mon-loading>`
}
