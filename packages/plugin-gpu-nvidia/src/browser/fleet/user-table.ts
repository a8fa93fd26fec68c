import { dataTable, quantity, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { UserProcesses } from '../../aggregator/processes-by-user.js'
import { serverLink } from './free-table.js'

/** So many servers are named of a user; of the others is said how many there are. */
const namedLimit = 3

/** Who uses how much, and where. */
export function userTable(
  users: readonly UserProcesses[],
  chosen: string | null,
  choose: (user: string | null) => void,
  ctx: WidgetContext,
): TemplateResult {
  const { i18n, fmt } = ctx
  const { t } = i18n
  return dataTable({
    label: t('gpu-nvidia.by_user'),
    rows: users,
    id: keyOf,
    columns: [
      {
        key: 'user',
        label: t('gpu-nvidia.user'),
        cell: (row) => {
          const key = keyOf(row)
          return html`<button
            class="link"
            aria-expanded=${key === chosen}
            @click=${() => choose(key === chosen ? null : key)}
          >
            ${row.user ?? t('gpu-nvidia.somebody')}
          </button>`
        },
      },
      {
        key: 'gpus',
        label: 'GPU',
        numeric: true,
        cell: ({ gpu_count }) => fmt.number(gpu_count),
      },
      {
        key: 'memory',
        label: t('gpu-nvidia.memory'),
        numeric: true,
        cell: ({ mem_used_mb }) => quantity(fmt.measure(mem_used_mb, 'mebibytes')),
      },
      {
        key: 'processes',
        label: t('gpu-nvidia.processes'),
        numeric: true,
        cell: ({ processes }) => fmt.number(processes.length),
      },
      { key: 'where', label: t('gpu-nvidia.server'), cell: (row) => whereOf(row, ctx) },
    ],
  })
}

/** The processes of one user, all over the fleet. */
export function userProcesses(
  { user, processes }: UserProcesses,
  page: number,
  go: (page: number) => void,
  ctx: WidgetContext,
): TemplateResult {
  const { i18n, fmt } = ctx
  const { t } = i18n
  const name = user ?? t('gpu-nvidia.somebody')
  return html`<h3 class="gpu-of-user">${t('gpu-nvidia.processes_of', { user: name })}</h3>
    ${dataTable({
      label: t('gpu-nvidia.processes_of', { user: name }),
      rows: processes,
      id: ({ server_id, gpu_index, pid }) => `${server_id} ${gpu_index} ${pid}`,
      columns: [
        {
          key: 'command',
          label: t('gpu-nvidia.command'),
          cell: ({ command }) => html`<span class="mono gpu-command">${command ?? '–'}</span>`,
        },
        {
          key: 'server',
          label: t('gpu-nvidia.server'),
          cell: ({ server_id, server }) => serverLink(server_id, server, ctx),
        },
        { key: 'gpu', label: t('gpu-nvidia.index'), value: ({ gpu_index }) => gpu_index },
        { key: 'pid', label: 'PID', numeric: true, value: ({ pid }) => pid },
        {
          key: 'memory',
          label: t('gpu-nvidia.memory'),
          numeric: true,
          cell: ({ mem_used_mb }) => quantity(fmt.measure(mem_used_mb, 'mebibytes')),
        },
        {
          key: 'container',
          label: t('gpu-nvidia.container'),
          cell: ({ container }) => html`<span class="mono">${container ?? '–'}</span>`,
        },
      ],
      pages: { page, size: 20, go },
    })}`
}

/** Of those whose name is not known too; a name is never empty. */
export function keyOf({ user }: UserProcesses): string {
  return user ?? ''
}

function whereOf({ processes }: UserProcesses, ctx: WidgetContext): TemplateResult {
  const servers = new Map(processes.map(({ server_id, server }) => [server_id, server]))
  const named = [...servers].slice(0, namedLimit)
  const more = servers.size - named.length
  return html`<span class="gpu-where"
    >${named.map(([id, name]) => serverLink(id, name, ctx))}${more > 0 ? html`<span class="dim">+${more}</span>` : ''}</span
  >`
}
