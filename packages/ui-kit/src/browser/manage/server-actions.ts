import { confirmDanger } from '../feedback/confirm.js'
import { request } from '../http/request.js'
import { explainError } from '../i18n/explain-error.js'
import type { Server } from '../live/server.js'
import { ui } from '../ui.js'
import { factsOf, testConnection } from './connection-test.js'

/** Shows the switch as it was pressed at once, and as it was before if that is refused. */
export async function setEnabled(server: Server, enabled: boolean): Promise<void> {
  const { id, name, state } = server
  const key = String(id)
  ui.store.apply({ [key]: { enabled, state: enabled ? 'unknown' : 'disabled' } })
  try {
    await ui.actions.run(`enable-server-${id}`, (signal) =>
      request('PUT', `/api/servers/${id}`, { enabled }, signal),
    )
    const message = ui.i18n.t(enabled ? 'manage.enabled_done' : 'manage.disabled_done', { name })
    ui.toasts.show({ kind: 'success', message })
  } catch {
    // The action has said why.
    if (ui.store.servers.has(key)) ui.store.apply({ [key]: { enabled: !enabled, state } })
  }
}

export async function testFromList(server: Server, signal: AbortSignal): Promise<void> {
  const { id, name, base_url } = server
  const { t, locale } = ui.i18n
  try {
    const result = await testConnection({ id, base_url }, signal)
    if (result.ok) {
      const message = t('manage.test_answered', { name, facts: factsOf(result) })
      ui.toasts.show({ kind: 'success', message })
    } else showFailure(result.error)
  } catch (error) {
    if (!signal.aborted) showFailure(error)
  }

  function showFailure(error: unknown): void {
    const { message, text } = explainError(error, locale)
    const failure = t('manage.test_unanswered', { name, error: message })
    ui.toasts.show({ kind: 'error', message: failure, detail: text })
  }
}

/** @returns whether they were deleted */
export async function askToDelete(servers: readonly Server[]): Promise<boolean> {
  const { t } = ui.i18n
  const [first] = servers
  if (first === undefined) return false
  const isOne = servers.length === 1
  const count = servers.length
  const confirmed = await confirmDanger({
    title: isOne
      ? t('manage.delete_one', { name: first.name })
      : t('manage.delete_many', { count }),
    message: isOne ? t('manage.delete_one_detail') : t('manage.delete_many_detail', { count }),
    confirm: isOne ? t('manage.delete_server') : t('manage.delete_servers', { count }),
    ...(!isOne && { typed: String(count) }),
  })
  if (!confirmed) return false
  const isDone = await forAll(servers, 'manage.delete', async ({ id }, signal) => {
    await request('DELETE', `/api/servers/${id}`, undefined, signal)
    ui.store.apply({ [id]: null })
  })
  if (!isDone) return false
  const message = isOne
    ? t('manage.deleted_one', { name: first.name })
    : t('manage.deleted_many', { count })
  ui.toasts.show({ kind: 'success', message })
  // What had the focus may have gone with its row.
  if (document.activeElement === document.body) document.querySelector('main')?.focus()
  return true
}

export async function enableAll(servers: readonly Server[], enabled: boolean): Promise<boolean> {
  const { t } = ui.i18n
  const isDone = await forAll(
    servers.filter((server) => server.enabled !== enabled),
    'manage.enable',
    async ({ id }, signal) => {
      await request('PUT', `/api/servers/${id}`, { enabled }, signal)
      ui.store.apply({ [id]: { enabled, state: enabled ? 'unknown' : 'disabled' } })
    },
  )
  if (!isDone) return false
  const count = servers.length
  const message = t(enabled ? 'manage.enabled_many' : 'manage.disabled_many', { count })
  ui.toasts.show({ kind: 'success', message })
  return true
}

/** One after the other: the first that fails ends it, and says so. */
async function forAll(
  servers: readonly Server[],
  action: string,
  run: (server: Server, signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  try {
    await ui.actions.run(action, async (signal) => {
      for (const server of servers) await run(server, signal)
    })
    return true
  } catch {
    // The action has said why.
    return false
  }
}
