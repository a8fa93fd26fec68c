import {
  Answer,
  copyable,
  copyableError,
  dataTable,
  emptyState,
  errorState,
  icon,
  type TableSort,
  WidgetBase,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { state } from 'lit/decorators.js'
import type { FleetTunnel } from '../../aggregator/fleet-tunnels.js'
import type { Reconnection } from '../../aggregator/reconnect.js'
import { isInTrouble } from '../tunnel-state.js'
import { shownState, tunnelColumns } from './tunnel-columns.js'

const PATH = '/p/ssh-proxy'
const PAGE_SIZE = 50
/** How often the list is asked for; a change of a tunnel in it is asked for at once. */
const REFRESH_MS = 10_000
/** A fleet whose centre is gone changes all at once: one question for all. */
const GATHER_MS = 500

/** Every tunnel of the fleet, those in trouble first. */
export class TunnelsPage extends WidgetBase {
  @state() private results: readonly Reconnection[] | undefined
  @state() private reconnectError: unknown
  private readonly tunnels = new Answer<FleetTunnel[]>(this, () =>
    this.ctx?.request('GET', '/api/proxies'),
  )
  private readonly followed = new Set<number>()
  private timer = 0
  private gathering = 0

  override connectedCallback(): void {
    super.connectedCallback()
    this.timer = window.setInterval(() => {
      if (!document.hidden) void this.load()
    }, REFRESH_MS)
    window.addEventListener('popstate', this.onRoute)
    void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('popstate', this.onRoute)
    window.clearInterval(this.timer)
    window.clearTimeout(this.gathering)
    this.followed.clear()
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.ctx === undefined) return nothing
    const { t } = this.ctx.i18n
    const { value: tunnels } = this.tunnels
    const stuck = tunnels?.filter((tunnel) => isInTrouble(shownState(tunnel))).length ?? 0
    return html`<div class="page-head ssh-proxy-head">
        <h1>${t('ssh-proxy.title')} <span class="count">${tunnels?.length ?? nothing}</span></h1>
        <mon-action-button
          kind="primary"
          .label=${html`${icon('rotate-cw')}${t('ssh-proxy.reconnect_all')}`}
          .pendingLabel=${t('ssh-proxy.reconnecting_all')}
          ?blocked=${stuck === 0}
          .run=${this.reconnect}
        ></mon-action-button>
      </div>
      <p class="dim ssh-proxy-note" role="status">
        ${tunnels === undefined ? nothing : t('ssh-proxy.in_trouble', { count: stuck })}
      </p>
      ${this.outcome()} ${this.list()}`
  }

  private list(): TemplateResult {
    const { ctx } = this
    const { value: tunnels, error } = this.tunnels
    if (ctx === undefined) return html``
    const { t } = ctx.i18n
    if (error !== undefined && tunnels === undefined) {
      return errorState({ heading: t('ssh-proxy.load_failed'), error, retry: () => this.load() })
    }
    return html`${error === undefined ? nothing : copyableError(error)}
    ${dataTable<FleetTunnel>({
      label: t('ssh-proxy.title'),
      columns: tunnelColumns(ctx),
      rows: tunnels ?? [],
      id: ({ server_id }) => String(server_id),
      sort: this.sort,
      onSort: ({ key, descending }) => this.go({ sort: descending ? `-${key}` : key, page: null }),
      pages: {
        page: Number(new URLSearchParams(location.search).get('page')) || 1,
        size: PAGE_SIZE,
        go: (page) => this.go({ page: String(page) }),
      },
      ...(tunnels === undefined && { loading: t('ssh-proxy.loading') }),
      empty: emptyState({
        heading: t('ssh-proxy.no_tunnels'),
        text: t('ssh-proxy.no_tunnels_hint'),
      }),
    })}`
  }

  /** What came of "reconnect all"; those that failed by name. */
  private outcome(): TemplateResult | typeof nothing {
    const { ctx, results, reconnectError } = this
    if (ctx === undefined) return nothing
    if (reconnectError !== undefined) {
      return html`<div class="panel ssh-proxy-outcome" role="alert">${copyableError(reconnectError)}</div>`
    }
    if (results === undefined) return nothing
    const { t } = ctx.i18n
    const failed = results.filter(({ ok }) => !ok)
    const count = results.length - failed.length
    const labels = { copy: t('ssh-proxy.copy_errors'), copied: t('ssh-proxy.copied') }
    return html`<div class="panel ssh-proxy-outcome" role="status">
      <p>${t('ssh-proxy.reconnected', { count, failed: failed.length })}</p>
      ${failed.length === 0 ? nothing : copyable(failed.map(inWords).join('\n'), labels)}
    </div>`
  }

  private readonly load = async (): Promise<void> => {
    await this.tunnels.refresh()
    for (const { server_id } of this.tunnels.value ?? []) {
      if (this.followed.has(server_id)) continue
      this.followed.add(server_id)
      this.follow(String(server_id), ['proxy_status', 'proxy_retries'], this.gather)
    }
  }

  private readonly gather = (): void => {
    window.clearTimeout(this.gathering)
    this.gathering = window.setTimeout(this.load, GATHER_MS)
  }

  private readonly reconnect = async (signal: AbortSignal): Promise<void> => {
    const { ctx } = this
    if (ctx === undefined) return
    this.results = undefined
    this.reconnectError = undefined
    try {
      this.results = await ctx.action('ssh-proxy.reconnect', (left) =>
        ctx.request<Reconnection[]>('POST', '/api/proxies/reconnect', undefined, {
          signal: AbortSignal.any([left, signal]),
        }),
      )
    } catch (error) {
      if (!signal.aborted) this.reconnectError = error
    }
    await this.load()
  }

  /** In the address: `state`, or `-retries` for the other way round. */
  private get sort(): TableSort {
    const sort = new URLSearchParams(location.search).get('sort') ?? 'state'
    return { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') }
  }

  private go(changes: Record<string, string | null>): void {
    const query = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) query.delete(name)
      else query.set(name, value)
    }
    this.ctx?.navigate(`${PATH}?${query}`)
    this.requestUpdate()
  }

  private readonly onRoute = (): void => this.requestUpdate()
}

function inWords({ server, error }: Reconnection): string {
  return `${server}: ${error?.code ?? ''} ${error?.message ?? ''}`
}
