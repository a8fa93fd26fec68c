import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { OnChange } from '../emitter.js'
import type { Server } from '../live/server.js'
import { hasWords } from '../overview/match.js'
import { empty } from '../overview/states.js'
import { emptyState } from '../parts/empty-state.js'
import { icon } from '../parts/icon.js'
import { dataTable } from '../table/data-table.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { selectionBar } from './selection-bar.js'
import { serverColumns } from './server-columns.js'
import { type ManageView, readView, writeView } from './view.js'
import '../overview/load-failed.js'
import '../overview/lost-notice.js'
import '../overview/search-field.js'
import './server-form.js'

const pageSize = 50

/** A drawer that is open, with the server as it was when it was opened. */
interface OpenForm {
  edit: string
  server: Server | undefined
}

/** The list of servers, where they are added, changed and deleted. */
@customElement('mon-servers')
export class ServersPage extends UiElement {
  @state() private selected: ReadonlySet<string> = new Set()
  @state() private form: OpenForm | undefined

  protected override sources(): OnChange[] {
    return [ui.store.onChange, ui.connection.onChange, ui.route.onChange, ui.widgets.onChange]
  }

  protected override willUpdate(): void {
    this.followAddress()
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const { servers } = ui.store
    const view = readView(ui.route.query)
    const hasServers = servers.size > 0
    return html`<div class="page-head manage-head">
        <h1>
          ${t('manage.title')}
          ${hasServers ? html`<span class="count">${servers.size.toLocaleString(ui.i18n.locale)}</span>` : nothing}
        </h1>
        ${
          hasServers
            ? html`<mon-search-field .value=${view.q} .search=${this.search}></mon-search-field>
                <a
                  class="btn primary"
                  href=${ui.route.withQuery({ edit: 'new' })}
                  @click=${ui.route.follow}
                >
                  ${icon('plus')}${t('manage.add')}
                </a>`
            : nothing
        }
      </div>
      ${this.content(view)} ${this.drawer()}`
  }

  private content(view: ManageView): TemplateResult {
    const { t } = ui.i18n
    const { servers, loaded } = ui.store
    const isLost = ui.connection.status.state === 'lost'
    if (!loaded && isLost) return html`<mon-load-failed></mon-load-failed>`
    if (loaded && servers.size === 0) return html`<mon-lost-notice></mon-lost-notice>${empty()}`
    const matching = [...servers.values()].filter((server) => hasWords(server, view.q))
    return html`<mon-lost-notice></mon-lost-notice>
      ${this.isMissing ? html`<div class="note warn">${icon('info')}<div>${t('manage.missing')}</div></div>` : nothing}
      ${this.selectionBar(matching)}
      <div class=${isLost ? 'is-stale' : ''}>
        ${dataTable({
          label: t('manage.list'),
          columns: serverColumns(),
          rows: matching,
          id: ({ id }) => String(id),
          sort: view.sort,
          onSort: (sort) => this.show({ sort, page: 1 }),
          pages: { page: view.page, size: pageSize, go: (page) => this.show({ page }) },
          selection: {
            selected: this.selected,
            change: (selected) => {
              this.selected = selected
            },
            label: ({ name }) => t('manage.select', { name }),
          },
          empty: this.noMatch(view),
          ...(!loaded && { loading: t('overview.loading') }),
        })}
      </div>`
  }

  /** What the search hides is not acted upon, for nobody sees that it is selected. */
  private selectionBar(matching: readonly Server[]): TemplateResult | typeof nothing {
    const servers = matching.filter(({ id }) => this.selected.has(String(id)))
    if (servers.length === 0) return nothing
    return selectionBar(servers, (left) => {
      this.selected = new Set(left.map(({ id }) => String(id)))
    })
  }

  private noMatch({ q }: ManageView): TemplateResult {
    const { t } = ui.i18n
    return emptyState({
      heading: t('overview.no_match'),
      text: t('overview.no_match_detail', {
        filters: t('overview.filter_search', { text: q.trim() }),
      }),
      actions: html`<button class="btn" @click=${() => this.search('')}>
        ${t('overview.clear_filter')}
      </button>`,
    })
  }

  private drawer(): unknown {
    const { form } = this
    if (form === undefined) return nothing
    return keyed(form.edit, html`<mon-server-form .server=${form.server}></mon-server-form>`)
  }

  /** The address says which form is open. */
  private followAddress(): void {
    // Another page is on its way, and takes the form with it.
    if (ui.route.path !== '/servers') return
    const edit = ui.route.query('edit')
    if (edit === (this.form?.edit ?? null) || this.isMissing) return
    if (edit === null) this.form = undefined
    else if (edit === 'new') this.form = { edit, server: undefined }
    else if (ui.store.loaded) this.form = { edit, server: ui.store.servers.get(edit) }
  }

  /** A link to a server that somebody has deleted. */
  private get isMissing(): boolean {
    const edit = ui.route.query('edit')
    if (edit === null || edit === 'new' || edit === this.form?.edit) return false
    return ui.store.loaded && !ui.store.servers.has(edit)
  }

  private readonly search = (q: string): void => {
    ui.route.replace(this.address({ q, page: 1 }))
  }

  private show(changes: Partial<ManageView>): void {
    ui.route.navigate(this.address(changes))
  }

  private address(changes: Partial<ManageView>): string {
    return ui.route.withQuery(writeView({ ...readView(ui.route.query), ...changes }))
  }
}
