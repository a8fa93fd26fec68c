import type { WidgetContext } from '@mon/ui-kit'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'

const ranges = [
  { range: '24h', label: 'history.last_day' },
  { range: '7d', label: 'history.last_week' },
  { range: '30d', label: 'history.last_month' },
  { range: '1y', label: 'history.last_year' },
]

/** On a server's page: the way to its history. */
@customElement('history-link')
export class HistoryLink extends LitElement {
  @property({ attribute: false }) ctx?: WidgetContext
  @property({ attribute: false }) serverId?: string

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.ctx?.i18n.onChange(() => this.requestUpdate())
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, serverId } = this
    if (ctx === undefined || serverId === undefined) return nothing
    const { t } = ctx.i18n
    return html`<div class="panel-head"><h2>${t('history.title')}</h2></div>
      <div class="panel-body btn-row">
        ${ranges.map(({ range, label }) => {
          const path = `/history?s=${serverId}${range === '7d' ? '' : `&range=${range}`}`
          return html`<a class="btn" href=${path} @click=${(event: MouseEvent) => this.follow(event, path)}>
            ${t(label)}
          </a>`
        })}
      </div>`
  }

  private follow(event: MouseEvent, path: string): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0)
      return
    event.preventDefault()
    this.ctx?.navigate(path)
  }
}
