import { html, type TemplateResult } from 'lit'
import type { ActionButton } from '../feedback/action-button.js'
import type { Server } from '../live/server.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { askToDelete, enableAll } from './server-actions.js'
import '../feedback/action-button.js'

/** What can be done with all that are selected. */
export function selectionBar(
  servers: readonly Server[],
  select: (servers: readonly Server[]) => void,
): TemplateResult {
  const { t } = ui.i18n
  const button = (word: string, pending: string, run: ActionButton['run']) =>
    html`<mon-action-button .label=${word} .pendingLabel=${pending} .run=${run}></mon-action-button>`
  const remove = async () => select(await askToDelete(servers))
  return html`<div class="manage-selection" role="group" aria-label=${t('manage.selection')}>
    <strong role="status">${t('manage.selected', { count: servers.length })}</strong>
    ${button(t('manage.enable'), t('manage.enabling'), (signal) => enableAll(servers, true, signal))}
    ${button(t('manage.disable'), t('manage.disabling'), (signal) => enableAll(servers, false, signal))}
    <button type="button" class="btn danger" @click=${remove}>
      ${icon('trash-2')}${t('manage.delete')}
    </button>
    <button type="button" class="btn quiet" @click=${() => select([])}>${t('manage.unselect')}</button>
  </div>`
}
