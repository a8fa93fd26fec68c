import { cssProperties, statusShape, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import { type CardKind, kindOf } from '../cards/card-kind.js'
import { memoryPct } from '../cards/memory.js'

/** So many are drawn of one server; of the others is said how many there are. */
export const cellLimit = 16

// There are thousands of them: no blanks between the elements, and texts as properties, for each
// blank and each marker of lit is a node, too.

/** A card: wide its utilisation, narrow its memory, and below what matters most of it. */
export function cell(card: GpuInfo, ctx: WidgetContext): TemplateResult {
  const kind = kindOf(card)
  const label = labelOf(card, kind, ctx)
  const shape = shapes[kind]
  if (shape) {
    return html`<div class="gpu-cell" data-kind=${kind}><div class="gpu-well">${statusShape(shape, 14)}</div><span .textContent=${label}></span></div>`
  }
  return html`<div class="gpu-cell" data-kind=${kind}><div class="gpu-well"><i ${level(card.util_pct)}></i><i ${level(memoryPct(card))}></i></div><span .textContent=${label}></span></div>`
}

/** The same for a row of the table, in one line. */
export function slimCell(card: GpuInfo): TemplateResult {
  const kind = kindOf(card)
  const shape = shapes[kind]
  if (shape) {
    return html`<span class="gpu-cell" data-kind=${kind}><span class="gpu-well">${statusShape(shape, 9)}</span></span>`
  }
  return html`<span class="gpu-cell" data-kind=${kind}><span class="gpu-well"><i ${level(card.util_pct)}></i></span></span>`
}

/** In the place of the bars, where they would say nothing. */
const shapes: Partial<Record<CardKind, 'crit' | 'off'>> = {
  error: 'crit',
  lost: 'off',
  suspended: 'off',
}

function level(percent: number | null | undefined) {
  return cssProperties({ '--v': Math.round(percent ?? 0) })
}

function labelOf(card: GpuInfo, kind: CardKind, { i18n, fmt }: WidgetContext): string {
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
