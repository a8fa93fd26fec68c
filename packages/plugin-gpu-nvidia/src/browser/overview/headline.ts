import { hotMark, statusShape, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import { cardsInWords } from '../cards/model.js'
import type { CardsSummary } from '../cards/summary.js'

/** `GPU 8 × H100 80GB`, what is wrong, how many are free, and the hottest; as few nodes as can be. */
export function headline(summary: CardsSummary, ctx: WidgetContext): TemplateResult {
  const { i18n, fmt } = ctx
  const { present, free, trouble, stale, hottest, isHot } = summary
  return html`<summary><span class="gpu-what" title=${modelsOf(present)}>GPU <b .textContent=${cardsInWords(present, ctx)}></b></span>${
    trouble === 0
      ? nothing
      : html`<span class="st crit">${statusShape('crit', 11)}${i18n.t('gpu-nvidia.trouble_count', { count: trouble })}</span>`
  }${
    stale === 0
      ? nothing
      : html`<span class="dim" .textContent=${i18n.t('gpu-nvidia.stale_count', { count: stale })}></span>`
  }${
    free === 0
      ? nothing
      : html`<span class="free" title=${i18n.t('gpu-nvidia.free_means')} .textContent=${i18n.t('gpu-nvidia.free_count', { count: free })}></span>`
  }${
    hottest === null
      ? nothing
      : html`<span class=${isHot ? 'hot' : ''}>${isHot ? hotMark : nothing}${fmt.temperature(hottest).text}</span>`
  }</summary>`
}

/** In full, for the tooltip: what stands there may be cut. */
function modelsOf(cards: readonly GpuInfo[]): string {
  return [...new Set(cards.flatMap(({ name }) => name ?? []))].join('\n')
}
