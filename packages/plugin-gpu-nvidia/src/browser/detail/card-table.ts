import {
  cssProperties,
  dataTable,
  hotMark,
  quantity,
  type TableColumn,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import { forgetButton } from '../cards/forget-button.js'
import { memoryPct, usedOfTotal } from '../cards/memory.js'
import { problems } from '../cards/problems.js'
import { usersOf } from '../cards/users.js'

/** Every card of a server, a row each. */
export function cardTable(
  gpus: readonly GpuInfo[],
  serverId: string,
  ctx: WidgetContext,
): TemplateResult {
  const { t } = ctx.i18n
  const columns: TableColumn<GpuInfo>[] = [
    { key: 'card', label: t('gpu-nvidia.model'), cell: (card) => nameOf(card, serverId, ctx) },
    { key: 'util', label: t('gpu-nvidia.utilisation'), cell: (card) => utilisation(card, ctx) },
    { key: 'memory', label: t('gpu-nvidia.memory'), cell: (card) => memory(card, ctx) },
    {
      key: 'temp',
      label: t('gpu-nvidia.temperature'),
      numeric: true,
      cell: (card) => temperature(card, ctx),
    },
    { key: 'power', label: t('gpu-nvidia.power'), numeric: true, cell: (card) => power(card, ctx) },
    { key: 'users', label: t('gpu-nvidia.users'), cell: (card) => usersOf(card, ctx) },
  ]
  return dataTable({
    label: t('gpu-nvidia.cards'),
    columns,
    rows: gpus,
    id: ({ uuid, index }) => uuid ?? `#${index}`,
  })
}

function nameOf(card: GpuInfo, serverId: string, ctx: WidgetContext): TemplateResult {
  const { index, name } = card
  return html`<span class="gpu-index">${index}</span> ${name ?? ctx.i18n.t('gpu-nvidia.unknown_model')}
    ${problems(card, ctx)} ${forgetButton(card, serverId, ctx, () => undefined)}`
}

function utilisation({ util_pct, state }: GpuInfo, { fmt }: WidgetContext): TemplateResult {
  return bar(util_pct, '', state, quantity(fmt.percent(util_pct)))
}

function memory(card: GpuInfo, ctx: WidgetContext): TemplateResult {
  if (card.memory_kind === 'unified') {
    return html`<span class="dim">${ctx.i18n.t('gpu-nvidia.unified')}</span>`
  }
  const { used, total } = usedOfTotal(card, ctx)
  return bar(
    memoryPct(card),
    'mem',
    card.state,
    html`${used}<span class="u"> / ${total.text}</span>`,
  )
}

function bar(
  value: number | null | undefined,
  kind: string,
  state: GpuInfo['state'],
  figure: TemplateResult,
) {
  // What is old keeps its value and loses its colour, as all of a page that is.
  return html`<div class="cellbar ${kind} ${state === 'stale' ? 'is-stale' : ''}">
    <div class="track ${kind}">
      <i ${cssProperties({ '--v': Math.min(100, Math.max(0, value ?? 0)) })}></i>
    </div>
    <b>${figure}</b>
  </div>`
}

export function temperature(
  { temperature_c, hot }: Pick<GpuInfo, 'temperature_c' | 'hot'>,
  { fmt, i18n }: WidgetContext,
): TemplateResult {
  return html`<span class=${hot ? 'hot' : ''}
    >${hot ? html`${hotMark}<span class="sr">${i18n.t('gpu-nvidia.hot')}</span>` : nothing}${quantity(
      fmt.temperature(temperature_c),
    )}</span
  >`
}

function power({ power_w, power_limit_w }: GpuInfo, { fmt }: WidgetContext): TemplateResult {
  const used = fmt.measure(power_w, 'watts')
  if (typeof power_limit_w !== 'number') return html`${quantity(used)}`
  return html`${used.value}<span class="u"> / ${fmt.measure(power_limit_w, 'watts').text}</span>`
}
