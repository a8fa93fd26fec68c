import { html, nothing, type TemplateResult } from 'lit'
import { switchField } from '../form/fields.js'
import { explainError } from '../i18n/explain-error.js'
import type { Server, ServerState } from '../live/server.js'
import { problemText } from '../overview/server-problem.js'
import { statusOf } from '../overview/status-of.js'
import { icon } from '../parts/icon.js'
import { statusPill } from '../parts/status.js'
import type { TableColumn } from '../table/table-column.js'
import { ui } from '../ui.js'
import { askToDelete, setEnabled, testFromList } from './server-actions.js'
import '../feedback/action-button.js'

const urgency: readonly ServerState[] = ['offline', 'degraded', 'unknown', 'online', 'disabled']

export function serverColumns(): TableColumn<Server>[] {
  const { t } = ui.i18n
  return [
    { key: 'name', label: t('manage.name'), sortable: true, value: ({ name }) => name, cell: name },
    {
      key: 'address',
      label: t('manage.address'),
      sortable: true,
      value: ({ base_url }) => base_url,
      cell: ({ base_url }) => html`<span class="mono" title=${base_url}>${base_url}</span>`,
    },
    {
      key: 'state',
      label: t('manage.collecting'),
      sortable: true,
      value: (server) => urgency.indexOf(stateOf(server)),
      cell: collecting,
    },
    {
      key: 'interval',
      label: t('manage.interval_short'),
      sortable: true,
      numeric: true,
      value: ({ poll_interval_s }) => poll_interval_s,
      cell: ({ poll_interval_s }) =>
        poll_interval_s === null
          ? html`<span class="dim">${t('manage.interval_default')}</span>`
          : t('manage.seconds', { seconds: poll_interval_s }),
    },
    { key: 'tags', label: t('manage.tags'), cell: tags },
    {
      key: 'enabled',
      label: t('manage.enabled'),
      sortable: true,
      value: ({ enabled }) => Number(!enabled),
      cell: (server) =>
        switchField({
          label: html`<span class="sr">${t('manage.enabled_of', { name: server.name })}</span>`,
          checked: server.enabled,
          change: (enabled) => void setEnabled(server, enabled),
        }),
    },
    { key: 'actions', label: t('manage.actions'), quiet: true, cell: actions },
  ]
}

function name({ id, name }: Server): TemplateResult {
  return html`<a href="/servers/${id}" title=${name} @click=${ui.route.follow}>${name}</a>`
}

/** Whether it is collected from, and if not, why. */
function collecting(server: Server): TemplateResult {
  const { t, locale } = ui.i18n
  const { last_error, latest } = server
  const state = stateOf(server)
  const { status, word } = statusOf({ state })
  const failed = Object.entries(latest?.collectors ?? {}).filter(([, { ok }]) => !ok)
  const reason =
    state === 'degraded' && failed.length > 0
      ? t('manage.collectors_failed', { names: failed.map(([name]) => name).join(', ') })
      : state === 'offline' && last_error
        ? explainError(last_error, locale).message
        : ''
  const shown = state === 'online' ? t('manage.collecting_ok') : t(word)
  return html`${statusPill(status, shown)}${
    reason ? html`<span class="reason" title=${problemText(server)}>${reason}</span>` : nothing
  }`
}

/** The switch as it was pressed, until the centre has told what came of it. */
function stateOf({ enabled, state }: Server): ServerState {
  if (!enabled) return 'disabled'
  return state === 'disabled' ? 'unknown' : state
}

function tags({ tags }: Server): TemplateResult {
  return html`<div class="tags" title=${tags.join(', ')}>
    ${tags.map((tag) => html`<span class="tag">${tag}</span>`)}
  </div>`
}

/** The buttons say the same in every row; their names say of which. */
function actions(server: Server): TemplateResult {
  const { t } = ui.i18n
  const { id, name } = server
  const label = (action: string) => t('manage.action_on', { action, name })
  const word = (text: string) => html`<span class="action-word">${text}</span>`
  const edit = ui.route.withQuery({ edit: String(id) })
  return html`<div class="row-actions">
    <a
      class="btn quiet"
      href=${edit}
      aria-label=${label(t('manage.edit'))}
      @click=${ui.route.follow}
    >
      ${icon('pencil')}${word(t('manage.edit'))}
    </a>
    <mon-action-button
      kind="quiet"
      .label=${html`${icon('plug')}${word(t('manage.test'))}`}
      .name=${label(t('manage.test'))}
      .pendingLabel=${word(t('manage.test'))}
      .run=${(signal: AbortSignal) => testFromList(server, signal)}
    ></mon-action-button>
    <button
      type="button"
      class="btn quiet danger-hint"
      aria-label=${label(t('manage.delete'))}
      @click=${() => askToDelete([server])}
    >
      ${icon('trash-2')}${word(t('manage.delete'))}
    </button>
  </div>`
}
