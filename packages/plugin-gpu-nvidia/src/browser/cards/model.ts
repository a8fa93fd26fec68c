import type { WidgetContext } from '@mon/ui-kit'
import type { GpuInfo } from '../../gpu-info.js'

/**
 * What people call a model: `H100 80GB` for `NVIDIA H100 80GB HBM3`, `A100 80GB` for
 * `NVIDIA A100-SXM4-80GB`.
 */
export function shortModel(name: string): string {
  return name
    .replace(/^(?:NVIDIA|AMD|Intel(?:\(R\))?)\s+/i, '')
    .replace(/^(?:Tesla|GeForce|Quadro)\s+/i, '')
    .replace(/[-\s](?:SXM\d*|PCIe?)\b/gi, '')
    .replace(/\s+HBM\d\w*$/i, '')
    .replace(/-(\d+GB)$/i, ' $1')
}

/** The cards of a server in one phrase: `8 × H100 80GB`, or how many models there are of how many. */
export function cardsInWords(cards: readonly GpuInfo[], { i18n }: WidgetContext): string {
  const count = cards.length
  const names = new Set(cards.flatMap(({ name }) => name ?? []))
  const [name] = names
  if (name === undefined) return i18n.t('gpu-nvidia.count', { count })
  if (names.size > 1) return i18n.t('gpu-nvidia.mixed', { count, models: names.size })
  return i18n.t('gpu-nvidia.count_of', { count, model: shortModel(name) })
}
