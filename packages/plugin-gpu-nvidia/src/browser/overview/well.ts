import { cssProperties, statusShape } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import type { CardKind } from '../cards/card-kind.js'
import { memoryPct } from '../cards/memory.js'

/** Bars in a well, or in their place what is wrong with the card; `size` is that of its shape. */
export function well(kind: CardKind, bars: unknown, size: number): TemplateResult {
  switch (kind) {
    case 'free':
      return html`<div class="gpu-well"></div>`
    case 'error':
      return html`<div class="gpu-well">${statusShape('crit', size)}</div>`
    case 'lost':
    case 'suspended':
      return html`<div class="gpu-well">${statusShape('off', size)}</div>`
    default:
      return html`<div class="gpu-well">${bars}</div>`
  }
}

export function utilisationBar({ util_pct }: GpuInfo): TemplateResult {
  return html`<i ${cssProperties({ '--v': Math.round(util_pct ?? 0) })}></i>`
}

export function memoryBar(card: GpuInfo): TemplateResult {
  return html`<i ${cssProperties({ '--v': Math.round(memoryPct(card) ?? 0) })}></i>`
}
