import { hotMark, icon, quantity, statusShape } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { GpuInfo } from '../../gpu-info.js'
import { cardsInWords } from '../cards/model.js'
import { type CardsSummary, inWords, summarise } from '../cards/summary.js'
import { follow } from '../follow.js'
import { GpuElement } from '../gpu-element.js'
import { absence } from './absence.js'
import { cell, cellLimit } from './cells.js'
import { tooltipOf } from './tooltip.js'

/** On a server's card: how many GPUs of which kind, what is free, and a bar for each. */
@customElement('gpu-nvidia-card')
export class OverviewCard extends GpuElement {
  /** Only the headline: all servers of the user are folded at once. */
  @property({ attribute: false }) collapsed = false

  protected override fields(): readonly string[] {
    return ['gpus', 'gpu_count']
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, gpus, gpuCount, collapsed } = this
    if (ctx === undefined) return nothing
    if (!gpus || gpus.length === 0) return absence(gpuCount, ctx)
    const summary = summarise(gpus)
    return html`<details ?open=${!collapsed}>
      <summary>${this.headline(summary)}</summary>
      ${
        collapsed
          ? nothing
          : html`<div
                class="gpu-cells"
                role="img"
                aria-label=${inWords(summary, ctx)}
                @pointerover=${tooltipOf(gpus, ctx)}
              >
                ${gpus.slice(0, cellLimit).map((card) => cell(card, ctx))}
              </div>
              ${this.more(gpus)}`
      }
    </details>`
  }

  private headline(summary: CardsSummary): TemplateResult | typeof nothing {
    const { ctx } = this
    if (ctx === undefined) return nothing
    const { fmt, i18n } = ctx
    const { present, free, trouble, stale, hottest, isHot } = summary
    return html`<span class="gpu-what" title=${modelsOf(present)}
        >GPU <b>${cardsInWords(present, ctx)}</b></span
      >
      ${
        trouble === 0
          ? nothing
          : html`<span class="st crit"
              >${statusShape('crit', 11)}${i18n.t('gpu-nvidia.trouble_count', { count: trouble })}</span
            >`
      }
      ${
        stale === 0
          ? nothing
          : html`<span class="dim">${i18n.t('gpu-nvidia.stale_count', { count: stale })}</span>`
      }
      ${
        free === 0
          ? nothing
          : html`<span class="free" title=${i18n.t('gpu-nvidia.free_means')}
              >${i18n.t('gpu-nvidia.free_count', { count: free })}</span
            >`
      }
      ${
        hottest === null
          ? nothing
          : html`<span class=${isHot ? 'hot' : ''}
              >${isHot ? hotMark : nothing}${quantity(fmt.temperature(hottest))}</span
            >`
      }
      <span class="gpu-chevron">${icon('chevron-down')}</span>`
  }

  private more(gpus: readonly GpuInfo[]): TemplateResult | typeof nothing {
    const { ctx } = this
    const count = gpus.length - cellLimit
    if (ctx === undefined || count <= 0) return nothing
    return html`<a
      class="gpu-more"
      href="/servers/${this.serverId}"
      aria-label=${ctx.i18n.t('gpu-nvidia.more', { count })}
      @click=${follow(ctx)}
      >+${count}</a
    >`
  }
}

/** In full, for the tooltip: what stands there may be cut. */
function modelsOf(cards: readonly GpuInfo[]): string {
  return [...new Set(cards.flatMap(({ name }) => name ?? []))].join('\n')
}
