import type { WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'

/** So many are named; of the others is said how many there are. */
const namedLimit = 3

/** Who has a process on a card, or that it is free, or that it is not known. */
export function usersOf({ free, processes }: GpuInfo, { i18n }: WidgetContext): TemplateResult {
  if (free) return html`<span class="free">${i18n.t('gpu-nvidia.free')}</span>`
  const users = [
    ...new Set((processes ?? []).map(({ user }) => user ?? i18n.t('gpu-nvidia.somebody'))),
  ]
  if (users.length === 0) return html`<span class="dim">–</span>`
  const more = users.length - namedLimit
  return html`<span title=${users.join('\n')}
    >${users.slice(0, namedLimit).join(', ')}${more > 0 ? ` +${more}` : ''}</span
  >`
}
