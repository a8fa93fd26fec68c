import type { WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import { type CardKind, kindOf } from '../cards/card-kind.js'
import { memoryBar, utilisationBar, well } from './well.js'

/** So many are drawn of one server; of the others is said how many there are. */
export const cellLimit = 16

/** A card: wide its utilisation, narrow its memory, and below what matters most of it. */
export function cell(card: GpuInfo, ctx: WidgetContext): TemplateResult {
  const kind = kindOf(card)
  return html`<div class="gpu-cell" data-kind=${kind}>
    ${well(kind, [utilisationBar(card), memoryBar(card)], 14)}<span>${label(card, kind, ctx)}</span>
  </div>`
}

/** The same for a row of the table, in one line. */
export function slimCell(card: GpuInfo): TemplateResult {
  const kind = kindOf(card)
  return html`<span class="gpu-cell" data-kind=${kind}>${well(kind, utilisationBar(card), 9)}</span>`
}

function label(card: GpuInfo, kind: CardKind, { i18n, fmt }: WidgetContext): string {
  switch (kind) {
    case 'hot':
      return `${fmt.temperature(card.temperature_c).value}°`
    case 'free':
      return i18n.t('gpu-nvidia.free')
    case 'error':
    case 'lost':
    case 'suspended':
      return i18n.t(`gpu-nvidia.short.${kind}`)
    default:
      return fmt.percent(card.util_pct).value
  }
}
