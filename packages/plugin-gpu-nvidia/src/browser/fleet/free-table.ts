import { copyable, dataTable, followLink, quantity, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { FreeCards } from '../../aggregator/find-free.js'
import { shortModel } from '../cards/model.js'

/** Servers that have what is looked for, best first, with what to type there. */
export function freeTable(found: readonly FreeCards[], ctx: WidgetContext): TemplateResult {
  const { i18n, fmt } = ctx
  const { t } = i18n
  const labels = { copy: t('gpu-nvidia.copy'), copied: t('gpu-nvidia.copied') }
  return dataTable({
    label: t('gpu-nvidia.found'),
    rows: found,
    id: ({ server_id }) => String(server_id),
    columns: [
      {
        key: 'server',
        label: t('gpu-nvidia.server'),
        cell: ({ server_id, server }) => serverLink(server_id, server, ctx),
      },
      {
        key: 'model',
        label: 'GPU',
        cell: ({ indexes, name }) =>
          t('gpu-nvidia.count_of', {
            count: indexes.length,
            model: name === null ? t('gpu-nvidia.unknown_model') : shortModel(name),
          }),
      },
      {
        key: 'free',
        label: t('gpu-nvidia.free_each'),
        numeric: true,
        cell: ({ free_mb }) => quantity(fmt.measure(free_mb, 'mebibytes')),
      },
      {
        key: 'cards',
        label: t('gpu-nvidia.free_cards'),
        numeric: true,
        cell: ({ free_cards }) => fmt.number(free_cards),
      },
      { key: 'host', label: t('gpu-nvidia.host'), cell: ({ host }) => copyable(host, labels) },
      {
        key: 'line',
        label: t('gpu-nvidia.line'),
        cell: ({ environment }) => copyable(environment, labels),
      },
    ],
  })
}

/** Leads to the server's page. */
export function serverLink(id: number, name: string, ctx: WidgetContext): TemplateResult {
  return html`<a href="/servers/${id}" @click=${followLink(ctx.navigate)}>${name}</a>`
}
