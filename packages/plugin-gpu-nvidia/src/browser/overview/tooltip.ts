import type { WidgetContext } from '@mon/ui-kit'
import type { GpuInfo } from '../../gpu-info.js'
import { describeCard } from '../cards/describe-card.js'

/** Says what a cell stands for once somebody points at it, and not before: there are thousands. */
export function tooltipOf(gpus: readonly GpuInfo[], ctx: WidgetContext) {
  return ({ target }: Event): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.gpu-cell') : null
    if (cell === null) return
    const place = [...(cell.parentElement?.querySelectorAll('.gpu-cell') ?? [])].indexOf(cell)
    const card = gpus[place]
    if (card !== undefined) cell.title = describeCard(card, ctx)
  }
}
