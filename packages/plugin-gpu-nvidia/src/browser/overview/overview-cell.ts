import { html, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { inWords, summarise } from '../cards/summary.js'
import { GpuElement } from '../gpu-element.js'
import { absence } from './absence.js'
import { cellLimit, slimCell } from './cells.js'
import { tooltipOf } from './tooltip.js'

/** In a row of the overview's table: a slim bar for each GPU. */
@customElement('gpu-nvidia-cell')
export class OverviewCell extends GpuElement {
  protected override fields(): readonly string[] {
    return ['gpus', 'gpu_count']
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, gpus, gpuCount } = this
    if (ctx === undefined) return nothing
    if (!gpus || gpus.length === 0) return absence(gpuCount, ctx)
    const more = gpus.length - cellLimit
    return html`<span
        class="gpu-strip"
        role="img"
        aria-label=${inWords(summarise(gpus), ctx)}
        @pointerover=${tooltipOf(gpus, ctx)}
        >${gpus.slice(0, cellLimit).map(slimCell)}</span
      >${more > 0 ? html`<span class="dim">+${more}</span>` : nothing}`
  }
}
