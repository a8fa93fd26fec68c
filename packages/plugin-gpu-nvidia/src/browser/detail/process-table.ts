import {
  dataTable,
  quantity,
  type TableColumn,
  type TableSort,
  type WidgetContext,
} from '@mon/ui-kit'
import type { TemplateResult } from 'lit'
import { html } from 'lit'
import type { ServerProcess } from './server-processes.js'

export interface ProcessTableOptions {
  processes: readonly ServerProcess[]
  sort: TableSort
  onSort(sort: TableSort): void
  page: number
  go(page: number): void
}

export function processTable(options: ProcessTableOptions, ctx: WidgetContext): TemplateResult {
  const { processes, sort, onSort, page, go } = options
  const { t } = ctx.i18n
  const hasContainers = processes.some(({ container }) => container !== null)
  const columns: TableColumn<ServerProcess>[] = [
    {
      key: 'command',
      label: t('gpu-nvidia.command'),
      sortable: true,
      value: ({ command }) => command,
      cell: ({ command }) => html`<span class="mono gpu-command">${command ?? '–'}</span>`,
    },
    { key: 'pid', label: 'PID', numeric: true, sortable: true, value: ({ pid }) => pid },
    {
      key: 'user',
      label: t('gpu-nvidia.user'),
      sortable: true,
      value: ({ user }) => user ?? t('gpu-nvidia.somebody'),
    },
    {
      key: 'gpus',
      label: t('gpu-nvidia.index'),
      sortable: true,
      value: ({ gpus: [first] }) => first,
      cell: ({ gpus }) => gpus.join(', '),
    },
    {
      key: 'memory',
      label: t('gpu-nvidia.memory'),
      numeric: true,
      sortable: true,
      value: ({ mem_used_mb }) => mem_used_mb,
      cell: ({ mem_used_mb }) => quantity(ctx.fmt.measure(mem_used_mb, 'mebibytes')),
    },
    ...(hasContainers
      ? [
          {
            key: 'container',
            label: t('gpu-nvidia.container'),
            value: ({ container }: ServerProcess) => container,
            cell: ({ container }: ServerProcess) =>
              html`<span class="mono">${container ?? '–'}</span>`,
          },
        ]
      : []),
  ]
  return dataTable({
    label: t('gpu-nvidia.processes'),
    columns,
    rows: processes,
    id: ({ pid }) => String(pid),
    sort,
    onSort,
    pages: { page, size: 20, go },
  })
}
