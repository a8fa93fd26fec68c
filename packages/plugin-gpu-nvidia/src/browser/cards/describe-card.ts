import type { WidgetContext } from '@mon/ui-kit'
import type { GpuInfo } from '../../gpu-info.js'
import { usedOfTotal } from './memory.js'

/** A card in some lines, for a tooltip. */
export function describeCard(card: GpuInfo, ctx: WidgetContext): string {
  const { i18n, fmt } = ctx
  const { index, name, state, errors, util_pct, temperature_c, power_w } = card
  const { t } = i18n
  const isWell = (state ?? 'ok') === 'ok'
  const figures: [string, string | null][] = [
    [t('gpu-nvidia.utilisation'), typeof util_pct === 'number' ? fmt.percent(util_pct).text : null],
    [t('gpu-nvidia.memory'), memoryText(card, ctx)],
    [
      t('gpu-nvidia.temperature'),
      typeof temperature_c === 'number' ? fmt.temperature(temperature_c).text : null,
    ],
    [
      t('gpu-nvidia.power'),
      typeof power_w === 'number' ? fmt.measure(power_w, 'watts').text : null,
    ],
  ]
  return [
    t('gpu-nvidia.card', { index: String(index), name: name ?? '' }).trim(),
    ...(isWell ? [] : [t(`gpu-nvidia.state.${state}`), ...(errors ?? []).map((e) => e.message)]),
    ...(card.free ? [t('gpu-nvidia.free')] : []),
    ...figures.flatMap(([label, value]) => (value === null ? [] : [`${label} ${value}`])),
  ].join('\n')
}

function memoryText(card: GpuInfo, ctx: WidgetContext): string | null {
  if (typeof card.mem_used_mb !== 'number' && typeof card.mem_total_mb !== 'number') return null
  const { used, total } = usedOfTotal(card, ctx)
  return `${used} / ${total.text}`
}
