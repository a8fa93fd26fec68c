import { dataTable, type TableColumn, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { GpuInfo, MigInstance } from '../../gpu-info.js'

/** What one asks for seldom. A column that says nothing of any card is left out. */
export function cardFacts(gpus: readonly GpuInfo[], ctx: WidgetContext): TemplateResult {
  const { t } = ctx.i18n
  const all: TableColumn<GpuInfo>[] = [
    { key: 'index', label: t('gpu-nvidia.index'), value: ({ index }) => index },
    { key: 'clocks', label: t('gpu-nvidia.clocks'), value: (card) => clocks(card, ctx) },
    { key: 'fan', label: t('gpu-nvidia.fan'), value: (card) => fan(card, ctx) },
    { key: 'pcie', label: t('gpu-nvidia.pcie'), value: (card) => pcie(card, ctx) },
    {
      key: 'ecc',
      label: t('gpu-nvidia.ecc'),
      value: (card) => ecc(card, ctx),
      cell: (card) => eccCell(card, ctx),
    },
    {
      key: 'uuid',
      label: t('gpu-nvidia.uuid'),
      value: ({ uuid, bus_id }) => uuid ?? bus_id,
      cell: ({ uuid, bus_id }) =>
        html`<span class="mono">${uuid ?? '–'}${bus_id ? html`<br />${bus_id}` : nothing}</span>`,
    },
  ]
  const columns = all.filter(({ value }) => gpus.some((card) => (value?.(card) ?? null) !== null))
  const rows = gpus.filter(({ state }) => state !== 'lost')
  return html`${dataTable({
    label: t('gpu-nvidia.facts'),
    columns,
    rows,
    id: ({ uuid, index }) => uuid ?? `#${index}`,
  })}
  ${instances(rows, ctx)}`
}

interface Instance extends MigInstance {
  gpu: number
}

function instances(gpus: readonly GpuInfo[], ctx: WidgetContext): TemplateResult | typeof nothing {
  const { i18n, fmt } = ctx
  const { t } = i18n
  const rows = gpus.flatMap(({ index, mig }) =>
    (mig ?? []).map((instance): Instance => ({ ...instance, gpu: index })),
  )
  if (rows.length === 0) return nothing
  return html`<h3>${t('gpu-nvidia.mig')}</h3>
    ${dataTable<Instance>({
      label: t('gpu-nvidia.mig'),
      rows,
      id: ({ gpu, uuid, gpu_instance_id, compute_instance_id }) =>
        uuid ?? `${gpu} ${gpu_instance_id} ${compute_instance_id}`,
      columns: [
        { key: 'instance', label: t('gpu-nvidia.instance'), value: ({ name }) => name },
        { key: 'gpu', label: t('gpu-nvidia.index'), value: ({ gpu }) => gpu },
        {
          key: 'ids',
          label: 'GI / CI',
          value: ({ gpu_instance_id, compute_instance_id }) =>
            `${gpu_instance_id ?? '–'} / ${compute_instance_id ?? '–'}`,
        },
        {
          key: 'memory',
          label: t('gpu-nvidia.memory'),
          numeric: true,
          value: ({ mem_used_mb, mem_total_mb }) =>
            `${fmt.measure(mem_used_mb, 'mebibytes').text} / ${fmt.measure(mem_total_mb, 'mebibytes').text}`,
        },
      ],
    })}`
}

function clocks({ clocks_mhz }: GpuInfo, { i18n, fmt }: WidgetContext): string | null {
  if (!clocks_mhz) return null
  const { graphics, sm, memory } = clocks_mhz
  return i18n.t('gpu-nvidia.clocks_are', {
    core: fmt.number(sm ?? graphics),
    memory: fmt.number(memory),
  })
}

function fan({ fan_pct }: GpuInfo, { fmt }: WidgetContext): string | null {
  return typeof fan_pct === 'number' ? fmt.percent(fan_pct).text : null
}

/** A link that is slower than it could be is worth seeing under load; at rest it is normal. */
function pcie({ pcie: link }: GpuInfo, { i18n }: WidgetContext): string | null {
  if (!link) return null
  const { gen, width, gen_max, width_max } = link
  const known = (value: number | null) => String(value ?? '–')
  const now = i18n.t('gpu-nvidia.pcie_is', { gen: known(gen), width: known(width) })
  const best = i18n.t('gpu-nvidia.pcie_is', { gen: known(gen_max), width: known(width_max) })
  return now === best ? now : i18n.t('gpu-nvidia.pcie_of', { now, best })
}

function ecc({ ecc: errors }: GpuInfo, { i18n, fmt }: WidgetContext): string | null {
  if (!errors) return null
  const { corrected, uncorrected, corrected_total, uncorrected_total } = errors
  return i18n.t('gpu-nvidia.ecc_is', {
    corrected: fmt.number(corrected),
    uncorrected: fmt.number(uncorrected),
    corrected_total: fmt.number(corrected_total),
    uncorrected_total: fmt.number(uncorrected_total),
  })
}

function eccCell(card: GpuInfo, ctx: WidgetContext): TemplateResult | string {
  const text = ecc(card, ctx) ?? '–'
  return (card.ecc?.uncorrected ?? 0) > 0 ? html`<span class="st crit">${text}</span>` : text
}
