import type { WidgetContext } from '@mon/ui-kit'
import type { GpuInfo } from '../../gpu-info.js'
import { isInTrouble } from './card-kind.js'

/** What there is to say of the cards of a server. */
export interface CardsSummary {
  /** Those that are there. */
  present: readonly GpuInfo[]
  free: number
  /** In error or lost. */
  trouble: number
  stale: number
  /** °C. */
  hottest: number | null
  isHot: boolean
}

export function summarise(cards: readonly GpuInfo[]): CardsSummary {
  const temperatures = cards.flatMap(({ temperature_c }) => temperature_c ?? [])
  return {
    present: cards.filter(({ state }) => state !== 'lost'),
    free: cards.filter(({ free }) => free === true).length,
    trouble: cards.filter(isInTrouble).length,
    stale: cards.filter(({ state }) => state === 'stale').length,
    hottest: temperatures.length === 0 ? null : Math.max(...temperatures),
    isHot: cards.some(({ hot }) => hot === true),
  }
}

/** The same for those who cannot see the bars. */
export function inWords(summary: CardsSummary, { i18n, fmt }: WidgetContext): string {
  const { present, free, trouble, stale, hottest } = summary
  const phrases = [
    i18n.t('gpu-nvidia.count', { count: present.length }),
    i18n.t('gpu-nvidia.free_count', { count: free }),
    ...(trouble > 0 ? [i18n.t('gpu-nvidia.trouble_count', { count: trouble })] : []),
    ...(stale > 0 ? [i18n.t('gpu-nvidia.stale_count', { count: stale })] : []),
    ...(hottest === null
      ? []
      : [i18n.t('gpu-nvidia.hottest', { temperature: fmt.temperature(hottest).text })]),
  ]
  return listOf(i18n.locale).format(phrases)
}

/** They cost more to make than to use. */
const lists = new Map<string, Intl.ListFormat>()

function listOf(locale: string): Intl.ListFormat {
  const list = lists.get(locale) ?? new Intl.ListFormat(locale, { type: 'unit', style: 'long' })
  lists.set(locale, list)
  return list
}
