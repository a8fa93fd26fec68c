import {
  type ChartRange,
  copyableError,
  foldOut,
  skeleton,
  statusPill,
  type TableSort,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { GpuInfo } from '../../gpu-info.js'
import { cardsInWords } from '../cards/model.js'
import { summarise } from '../cards/summary.js'
import { GpuElement } from '../gpu-element.js'
import { cardFacts } from './card-facts.js'
import { cardTable } from './card-table.js'
import { collectorError } from './collector-error.js'
import { processTable } from './process-table.js'
import { processesOf } from './server-processes.js'
import './card-charts.js'
import type { CardCharts } from './card-charts.js'

/** On a server's page: every card, its last hour, and who uses it. */
@customElement('gpu-nvidia-detail')
export class GpuDetail extends GpuElement {
  @property({ attribute: false }) window: '5m' | '15m' | '60m' = '60m'
  @property({ attribute: false }) zoom: ChartRange | undefined
  @state() private sort: TableSort = { key: 'memory', descending: true }
  @state() private page = 1
  @state() private isMoreOpen = false

  protected override fields(): readonly string[] {
    return ['gpus', 'gpu_count', 'collectors']
  }

  protected override changed(): void {
    super.changed()
    this.querySelector<CardCharts>('gpu-nvidia-charts')?.refresh()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, gpus } = this
    if (ctx === undefined) return nothing
    const error = collectorError(this.field('collectors'))
    const isFailed = error === undefined ? nothing : this.failure(error, ctx)
    if (!gpus || gpus.length === 0) return html`${this.head(ctx)}${this.absence(isFailed, ctx)}`
    return html`${this.head(ctx, gpus)}${isFailed}
      ${cardTable(gpus, this.serverId ?? '', ctx)}
      ${this.more(gpus, ctx)}
      <gpu-nvidia-charts
        .ctx=${ctx}
        .serverId=${this.serverId ?? ''}
        .window=${this.window}
        .zoom=${this.zoom}
        .locale=${ctx.i18n.locale}
      ></gpu-nvidia-charts>
      ${this.processes(gpus, ctx)}`
  }

  private head({ i18n }: WidgetContext, gpus?: readonly GpuInfo[]): TemplateResult {
    const { ctx } = this
    const summary = gpus && summarise(gpus)
    return html`<div class="panel-head">
      <h2>GPU</h2>
      ${summary && ctx ? html`<span class="gpu-what">${cardsInWords(summary.present, ctx)}</span>` : nothing}
      ${
        summary && summary.trouble > 0
          ? statusPill('crit', i18n.t('gpu-nvidia.trouble_count', { count: summary.trouble }))
          : nothing
      }
      ${
        summary && summary.free > 0
          ? html`<span class="free" title=${i18n.t('gpu-nvidia.free_means')}
              >${i18n.t('gpu-nvidia.free_count', { count: summary.free })}</span
            >`
          : nothing
      }
    </div>`
  }

  private absence(
    failure: TemplateResult | typeof nothing,
    { i18n }: WidgetContext,
  ): TemplateResult {
    if (failure !== nothing) return html`${failure}`
    if (this.gpuCount === 0) {
      return html`<p class="panel-body dim">${i18n.t('gpu-nvidia.none')}</p>`
    }
    if (this.gpuCount === null) {
      return html`<p class="panel-body">
        ${statusPill('warn', i18n.t('gpu-nvidia.failed'))}
      </p>`
    }
    return html`<mon-loading
      class="panel-body"
      .label=${i18n.t('gpu-nvidia.loading')}
      .shape=${html`${skeleton('60%')}<br />${skeleton('80%')}`}
    ></mon-loading>`
  }

  private failure(
    error: { code: string; message: string },
    { i18n }: WidgetContext,
  ): TemplateResult {
    return html`<div class="panel-body gpu-failure">
      ${statusPill('warn', i18n.t('gpu-nvidia.failed'))} ${copyableError(error)}
    </div>`
  }

  private more(gpus: readonly GpuInfo[], ctx: WidgetContext): TemplateResult {
    return html`<div class="gpu-more-facts">
      ${foldOut({
        title: ctx.i18n.t('gpu-nvidia.facts'),
        aside: ctx.i18n.t('gpu-nvidia.facts_are'),
        name: 'gpu-nvidia.facts',
        content: this.isMoreOpen ? cardFacts(gpus, ctx) : nothing,
        onToggle: (open) => {
          this.isMoreOpen = open
        },
      })}
    </div>`
  }

  private processes(gpus: readonly GpuInfo[], ctx: WidgetContext): TemplateResult | typeof nothing {
    const { t } = ctx.i18n
    if (!gpus.some(({ processes }) => processes)) return nothing
    const processes = processesOf(gpus)
    return html`<div class="gpu-section">
      <h3>${t('gpu-nvidia.processes')}</h3>
      ${
        processes.length === 0
          ? html`<p class="panel-body dim">${t('gpu-nvidia.no_processes')}</p>`
          : processTable(
              {
                processes,
                sort: this.sort,
                onSort: (sort) => {
                  this.sort = sort
                  this.page = 1
                },
                page: this.page,
                go: (page) => {
                  this.page = page
                },
              },
              ctx,
            )
      }
    </div>`
  }
}
