import { dataTable, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { FleetCard } from '../../aggregator/fleet-cards.js'
import { forgetButton } from '../cards/forget-button.js'
import { problems } from '../cards/problems.js'
import { temperature } from '../detail/card-table.js'
import { serverLink } from './free-table.js'

/** Cards that somebody should look at. */
export function troubleTable(
  cards: readonly FleetCard[],
  page: number,
  go: (page: number) => void,
  forgotten: () => void,
  ctx: WidgetContext,
): TemplateResult {
  const { t } = ctx.i18n
  return dataTable({
    label: t('gpu-nvidia.trouble'),
    rows: cards,
    id: ({ server_id, uuid, index }) => `${server_id} ${uuid ?? index}`,
    columns: [
      {
        key: 'card',
        label: t('gpu-nvidia.model'),
        cell: ({ index, name }) =>
          html`<span class="gpu-index">${index}</span> ${name ?? t('gpu-nvidia.unknown_model')}`,
      },
      {
        key: 'server',
        label: t('gpu-nvidia.server'),
        cell: ({ server_id, server }) => serverLink(server_id, server, ctx),
      },
      {
        key: 'problem',
        label: t('gpu-nvidia.problem'),
        cell: (card) => html`${card.hot ? temperature(card, ctx) : ''}${problems(card, ctx)}`,
      },
      {
        key: 'forget',
        label: t('gpu-nvidia.forget'),
        quiet: true,
        cell: (card) => forgetButton(card, String(card.server_id), ctx, forgotten),
      },
    ],
    pages: { page, size: 20, go },
  })
}
