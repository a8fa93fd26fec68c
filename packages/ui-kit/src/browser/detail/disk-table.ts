import { html, nothing, type TemplateResult } from 'lit'
import { diskLimit } from '../overview/server-card.js'
import { meter } from '../parts/meter.js'
import { ui } from '../ui.js'
import type { Disk } from './full-server.js'

/** The filesystems of a server; one that is nearly full is amber. */
export function diskTable(
  disks: readonly Disk[] | null | undefined,
): TemplateResult | typeof nothing {
  if (!disks || disks.length === 0) return nothing
  const { t } = ui.i18n
  return html`<section class="panel" aria-labelledby="disks">
    <div class="panel-head"><h2 id="disks">${t('detail.disks')}</h2></div>
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">${t('detail.mount')}</th>
          <th scope="col">${t('detail.filesystem')}</th>
          <th scope="col" class="num">${t('detail.used_total')}</th>
          <th scope="col">${t('detail.usage')}</th>
        </tr>
      </thead>
      <tbody>
        ${disks.map(diskRow)}
      </tbody>
    </table>
  </section>`
}

function diskRow({ mount, fs, used_mb, total_mb, used_pct }: Disk): TemplateResult {
  const { t } = ui.i18n
  const { fmt } = ui
  const used = fmt.measure(used_mb, 'mebibytes').text
  const total = fmt.measure(total_mb, 'mebibytes').text
  return html`<tr>
    <th scope="row" class="mono" title=${mount}>${mount}</th>
    <td class="dim">${fs}</td>
    <td class="num">${t('card.used_of', { used, total })}</td>
    <td class="usage">
      ${meter({ label: t('detail.usage'), value: used_pct, fmt, limit: diskLimit })}
    </td>
  </tr>`
}
