import { WidgetBase, type WidgetContext } from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { type ExportProgress, exportCsv } from './csv-export.js'

/** @param rows as many as the filter has; null while that is not known */
export function exportButton(
  ctx: WidgetContext,
  path: string,
  rows: number | null,
): TemplateResult {
  return html`<history-export .ctx=${ctx} .path=${path} .rows=${rows}></history-export>`
}

/** Fetches a CSV file, says how far it is, and can be stopped. */
@customElement('history-export')
export class HistoryExport extends WidgetBase {
  @property({ attribute: false }) path = ''
  @property({ attribute: false }) rows: number | null = null
  @state() private progress: ExportProgress | undefined
  private running: AbortController | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.running?.abort()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ctx, progress, rows } = this
    if (ctx === undefined) return nothing
    const { t, locale } = ctx.i18n
    if (progress === undefined) {
      const detail = rows === null ? nothing : t('history.export_detail', { count: rows })
      return html`<button
        class="btn"
        title=${detail}
        aria-disabled=${rows === 0 ? 'true' : nothing}
        @click=${this.start}
      >
        ${t('history.export')}
      </button>`
    }
    const size = ctx.fmt.bytes(progress.bytes).text
    const percent = (share: number) => ctx.fmt.percent(Math.floor(share * 100)).text
    const text =
      progress.share === null
        ? size
        : t('history.export_progress', { size, percent: percent(progress.share) })
    return html`<div class="history-export" role="group" aria-label=${t('history.exporting')}>
      <progress
        aria-label=${t('history.exporting')}
        max="1"
        .value=${progress.share ?? nothing}
        lang=${locale}
      ></progress>
      <span class="dim">${text}</span>
      <button class="btn" @click=${() => this.running?.abort()}>${t('history.stop')}</button>
    </div>`
  }

  private readonly start = async (): Promise<void> => {
    const { ctx, rows } = this
    if (ctx === undefined || rows === 0 || this.running !== undefined) return
    const { t } = ctx.i18n
    const running = new AbortController()
    this.running = running
    this.progress = { bytes: 0, share: rows === null ? null : 0 }
    try {
      const { file, bytes } = await exportCsv(ctx, this.path, rows, running.signal, (progress) => {
        this.progress = progress
      })
      const size = ctx.fmt.bytes(bytes).text
      ctx.toast({ kind: 'success', message: t('history.export_done', { file, size }) })
    } catch (error) {
      if (running.signal.aborted) {
        ctx.toast({ kind: 'success', message: t('history.export_stopped') })
      } else {
        ctx.toast({ kind: 'error', message: t('history.export_failed'), detail: String(error) })
      }
    } finally {
      this.running = undefined
      this.progress = undefined
    }
  }
}
