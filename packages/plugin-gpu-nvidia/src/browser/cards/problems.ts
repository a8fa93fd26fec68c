import { type Status, statusShape, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'
import '@mon/ui-kit'

interface Problem {
  /** Of a shape and a colour; none where nothing is wrong. */
  status?: Status
  text: string
  /** What the driver or the aggregator said of it. */
  title?: string
  /** Epoch seconds. */
  since?: number
}

/** A card at its power limit works as it should; one that is too hot does not. */
const harmless = new Set(['power_cap'])
const knownReasons = new Set([
  'power_cap',
  'hw_slowdown',
  'sw_thermal',
  'hw_thermal',
  'power_brake',
])
const knownErrors = new Set([
  'timeout',
  'crashed',
  'lost',
  'reset_required',
  'unknown_error',
  'driver',
  'stale',
  'invalid',
])

/** What is wrong with a card, why it runs slower than it could, and how it is divided; a line each. */
export function problems(card: GpuInfo, ctx: WidgetContext): TemplateResult[] {
  return [...troubles(card, ctx), ...throttling(card, ctx), ...partition(card, ctx)].map(
    ({ status, text, title = '', since }) =>
      html`<span class="gpu-problem ${status ? `st ${status}` : 'dim'}" title=${title}
        >${status ? statusShape(status, 11) : nothing}<span>${text}</span>${
          since === undefined ? nothing : html`<mon-age .at=${since}></mon-age>`
        }</span
      >`,
  )
}

function troubles({ state, errors, lost_at, age_s }: GpuInfo, { i18n }: WidgetContext): Problem[] {
  const { t } = i18n
  const title = (errors ?? []).map(({ message }) => message).join('\n')
  const known = (errors ?? []).map(({ code, message }) =>
    knownErrors.has(code) ? t(`gpu-nvidia.error.${code}`) : message,
  )
  switch (state ?? 'ok') {
    case 'ok':
      return known.map((text) => ({ status: 'warn', text, title }))
    case 'lost':
      return [
        {
          status: 'crit',
          text: t('gpu-nvidia.state.lost'),
          title,
          ...(typeof lost_at === 'number' && { since: lost_at }),
        },
      ]
    case 'stale':
      return [
        {
          status: 'off',
          text: t('gpu-nvidia.state.stale'),
          title,
          ...(typeof age_s === 'number' && { since: Math.floor(Date.now() / 1000) - age_s }),
        },
      ]
    case 'error': {
      const reason = known[0]
      const text =
        reason === undefined
          ? t('gpu-nvidia.state.error')
          : t('gpu-nvidia.state_because', { state: t('gpu-nvidia.state.error'), reason })
      return [{ status: 'crit', text, title }]
    }
    default:
      return [{ status: 'off', text: t(`gpu-nvidia.state.${state}`), title }]
  }
}

function throttling({ throttle }: GpuInfo, { i18n }: WidgetContext): Problem[] {
  return (throttle ?? []).map((reason) => ({
    ...(!harmless.has(reason) && { status: 'warn' as const }),
    text: i18n.t('gpu-nvidia.throttled', {
      reason: knownReasons.has(reason) ? i18n.t(`gpu-nvidia.throttle.${reason}`) : reason,
    }),
  }))
}

function partition({ mig }: GpuInfo, { i18n }: WidgetContext): Problem[] {
  if (!mig) return []
  return [{ text: i18n.t('gpu-nvidia.partitioned', { count: mig.length }) }]
}
