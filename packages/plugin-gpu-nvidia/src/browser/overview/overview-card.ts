import { followLink } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { inWords, summarise } from '../cards/summary.js'
import { GpuElement } from '../gpu-element.js'
import { absence } from './absence.js'
import { cell, cellLimit } from './cells.js'
import { headline } from './headline.js'
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
    if (collapsed) return html`<details>${headline(summary, ctx)}</details>`
    const more = gpus.length - cellLimit
    return html`<details open>${headline(summary, ctx)}<div
        class="gpu-cells"
        role="img"
        aria-label=${inWords(summary, ctx)}
        @pointerover=${tooltipOf(gpus, ctx)}
      >${gpus.slice(0, cellLimit).map((card) => cell(card, ctx))}</div>${
        more > 0
          ? html`<a
              class="gpu-more"
              href="/servers/${this.serverId}"
              aria-label=${ctx.i18n.t('gpu-nvidia.more', { count: more })}
              @click=${followLink(ctx.navigate)}
              >+${more}</a
            >`
          : nothing
      }</details>`
  }
}
