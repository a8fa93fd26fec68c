import { statusShape, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'

/** In the place of the cards of a server that has none, or does not know. */
export function absence(
  gpuCount: number | null | undefined,
  { i18n }: WidgetContext,
): TemplateResult {
  if (gpuCount === 0) return html`<span class="gpu-none dim">${i18n.t('gpu-nvidia.none')}</span>`
  if (gpuCount === null) {
    return html`<span class="gpu-none st warn" title=${i18n.t('gpu-nvidia.failed_means')}
      >${statusShape('warn', 12)}${i18n.t('gpu-nvidia.failed')}</span
    >`
  }
  return html`<span class="gpu-none dim">–</span>`
}
