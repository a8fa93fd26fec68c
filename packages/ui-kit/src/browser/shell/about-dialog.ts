import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { request } from '../http/request.js'
import { copyableError } from '../parts/copyable-error.js'
import { icon } from '../parts/icon.js'
import { skeleton } from '../parts/skeleton.js'
import { type Status, statusPill } from '../parts/status.js'
import { ui } from '../ui.js'
import { DialogElement } from './dialog-element.js'
import '../parts/loading.js'

/** What `GET /healthz` answers to those admitted: `HealthReport` of `@mon/core`. */
export interface Health {
  version: string
  uptime_s: number
  plugins: PluginHealth[]
  checks: Record<string, { ok: boolean; message?: string }>
}

interface PluginHealth {
  id: string
  version: string
  state: 'ready' | 'degraded' | 'failed'
  ms: number
  errors: { code: string; message: string }[]
  taps: { calls: number; failures: number; total_ms: number }[]
}

const statuses = { ready: 'ok', degraded: 'warn', failed: 'crit' } as const satisfies Record<
  PluginHealth['state'],
  Status
>

/** What runs at the centre: its version, how it is, and what each plugin does and costs. */
@customElement('mon-about')
export class AboutDialog extends DialogElement {
  @state() private health: Health | undefined
  @state() private error: unknown

  override connectedCallback(): void {
    super.connectedCallback()
    void this.load()
  }

  protected override heading(): string {
    return ui.i18n.t('about.title')
  }

  protected override body(): TemplateResult {
    const { t } = ui.i18n
    return html`${this.report()}
      <div class="about-links">
        <a class="link" href="/docs">${t('app.api_reference')}</a>
        <a class="link" href="/openapi.json">openapi.json</a>
        <span>${t('about.licence')}</span>
      </div>`
  }

  private report(): TemplateResult {
    const { t } = ui.i18n
    if (this.error !== undefined) {
      const retry = html`<div class="btn-row">
        <button class="btn" @click=${this.load}>${icon('rotate-cw')}${t('common.retry')}</button>
      </div>`
      return copyableError(this.error, retry)
    }
    const { health } = this
    if (health === undefined) {
      const shape = html`<div class="about-shape">
        ${[40, 90, 90, 90].map((width) => skeleton(`${width}%`, 20))}
      </div>`
      return html`<mon-loading .label=${t('about.loading')} .shape=${shape}></mon-loading>`
    }
    const { version, uptime_s, plugins, checks } = health
    return html`<dl class="about-facts">
        <div><dt>${t('about.version')}</dt><dd>@mon ${version}</dd></div>
        <div><dt>${t('about.uptime')}</dt><dd>${ui.fmt.duration(uptime_s)}</dd></div>
      </dl>
      ${Object.entries(checks).map(([name, { ok, message }]) =>
        ok ? nothing : copyableError(`${name}: ${message ?? t('about.not_well')}`),
      )}
      <h3>${t('about.plugins')}</h3>
      <ul class="about-plugins">
        ${plugins.map((plugin) => pluginRow(plugin))}
      </ul>`
  }

  private async load(): Promise<void> {
    this.error = undefined
    try {
      this.health = await request<Health>('GET', '/healthz')
    } catch (error) {
      this.error = error
    }
  }
}

function pluginRow({ id, version, state, ms, errors, taps }: PluginHealth): TemplateResult {
  const { t } = ui.i18n
  const calls = sum(taps.map((tap) => tap.calls))
  const failures = sum(taps.map((tap) => tap.failures))
  const total = sum(taps.map((tap) => tap.total_ms))
  return html`<li>
    <div class="about-plugin">
      <b>${id}</b><span class="mono">${version}</span>
      ${statusPill(statuses[state], t(`plugin.${state}`))}
    </div>
    <div class="about-cost">
      <span>${t('about.start', { ms: Math.round(ms) })}</span>
      ${calls > 0 ? html`<span>${t('about.calls', { calls, ms: Math.round(total) })}</span>` : nothing}
      ${failures > 0 ? html`<span>${t('about.failures', { failures })}</span>` : nothing}
    </div>
    ${errors.map((error) => copyableError(error))}
  </li>`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
