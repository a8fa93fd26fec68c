import type { WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { GpuInfo } from '../../gpu-info.js'

/** For a card that was taken out for good: nobody misses it any more. */
export function forgetButton(
  { uuid, index, name, state }: GpuInfo,
  serverId: string,
  ctx: WidgetContext,
  done: () => void,
): TemplateResult | typeof nothing {
  if (state !== 'lost' || !uuid) return nothing
  const { t } = ctx.i18n
  const card = t('gpu-nvidia.card', { index: String(index), name: name ?? '' }).trim()
  const forget = async () => {
    const question = {
      title: t('gpu-nvidia.forget_title', { card }),
      message: t('gpu-nvidia.forget_message'),
      confirm: t('gpu-nvidia.forget'),
    }
    if (!(await ctx.confirm(question))) return
    await ctx.action(`gpu-nvidia.forget.${uuid}`, () =>
      ctx.request('DELETE', `/api/gpus/lost/${serverId}/${encodeURIComponent(uuid)}`),
    )
    ctx.toast({ kind: 'success', message: t('gpu-nvidia.forgotten', { card }) })
    done()
  }
  return html`<button class="link" aria-label=${t('gpu-nvidia.forget_card', { card })} @click=${forget}>
    ${t('gpu-nvidia.forget')}
  </button>`
}
