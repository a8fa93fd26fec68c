import { confirmDanger } from '../feedback/confirm.js'
import { isCodedError, request } from '../http/request.js'
import { testConnection } from '../http/test-connection.js'
import { explainError } from '../i18n/explain-error.js'
import type { Server } from '../live/server.js'
import { ui } from '../ui.js'
import { factsOf } from './connection-test.js'

/** What was asked of a server last: its switch may be pressed again before that is done. */
const switching = new Map<number, Promise<void>>()

/**
 * Shows the switch as it was pressed at once, and as it was before if that is refused. The state is
 * the centre's to tell: it may be the same again before the next event, which then does not name it.
 */
export function setEnabled(server: Server, enabled: boolean): Promise<void> {
  const { id } = server
  ui.store.apply({ [id]: { enabled } })
  const turn = (switching.get(id) ?? Promise.resolve()).then(() => saveEnabled(server, enabled))
  switching.set(id, turn)
  return turn.finally(() => {
    if (switching.get(id) === turn) switching.delete(id)
  })
}

async function saveEnabled({ id, name }: Server, enabled: boolean): Promise<void> {
  const key = String(id)
  try {
    await ui.actions.run(`enable-server-${id}`, (signal) =>
      request('PUT', `/api/servers/${id}`, { enabled }, signal),
    )
    const message = ui.i18n.t(enabled ? 'manage.enabled_done' : 'manage.disabled_done', { name })
    ui.toasts.show({ kind: 'success', message })
  } catch {
    // The action has said why.
    if (ui.store.servers.has(key)) ui.store.apply({ [key]: { enabled: !enabled } })
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

/** @returns those that are still there */
export async function askToDelete(servers: readonly Server[]): Promise<readonly Server[]> {
  const { t } = ui.i18n
  const [first] = servers
  if (first === undefined) return servers
  const isOne = servers.length === 1
  const count = servers.length
  const confirmed = await confirmDanger({
    title: isOne
      ? t('manage.delete_one', { name: first.name })
      : t('manage.delete_many', { count }),
    message: isOne
      ? t('manage.delete_one_detail')
      : t('manage.delete_many_detail', { names: namesOf(servers) }),
    confirm: isOne ? t('manage.delete_server') : t('manage.delete_servers', { count }),
    ...(!isOne && { typed: String(count) }),
  })
  if (!confirmed) return servers
  const left = await forAll(servers, 'manage.delete', async ({ id }, signal) => {
    await request('DELETE', `/api/servers/${id}`, undefined, signal).catch((error) => {
      // Somebody else was faster: it is gone, as was wished.
      if (!isCodedError(error) || error.code !== 'SERVER_NOT_FOUND') throw error
    })
    ui.store.apply({ [id]: null })
  })
  if (left.length > 0) return left
  const message = isOne
    ? t('manage.deleted_one', { name: first.name })
    : t('manage.deleted_many', { count })
  ui.toasts.show({ kind: 'success', message })
  // What had the focus goes with its row.
  document.querySelector('main')?.focus({ preventScroll: true })
  return left
}

export async function enableAll(
  servers: readonly Server[],
  enabled: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { t } = ui.i18n
  const changing = servers.filter((server) => server.enabled !== enabled)
  const left = await forAll(
    changing,
    'manage.enable',
    async ({ id }, signal) => {
      await request('PUT', `/api/servers/${id}`, { enabled }, signal)
      ui.store.apply({ [id]: { enabled } })
    },
    signal,
  )
  if (left.length > 0) return
  const count = changing.length
  const message = t(enabled ? 'manage.enabled_many' : 'manage.disabled_many', { count })
  ui.toasts.show({ kind: 'success', message })
}

/**
 * One after the other. One that fails keeps none of the others back, and is told of in the end.
 *
 * @returns those for which it is not done
 */
async function forAll(
  servers: readonly Server[],
  action: string,
  run: (server: Server, signal: AbortSignal) => Promise<void>,
  stop?: AbortSignal,
): Promise<readonly Server[]> {
  const left = new Set(servers)
  const failures: { server: Server; error: unknown }[] = []
  await ui.actions.run(action, async (onPage) => {
    const signal = stop ? AbortSignal.any([onPage, stop]) : onPage
    for (const server of servers) {
      try {
        signal.throwIfAborted()
        await run(server, signal)
        left.delete(server)
      } catch (error) {
        if (signal.aborted) return
        failures.push({ server, error })
      }
    }
  })
  if (failures.length > 0) {
    const { t, locale } = ui.i18n
    ui.toasts.show({
      kind: 'error',
      message: t('manage.some_failed', {
        done: servers.length - left.size,
        count: servers.length,
        names: namesOf(failures.map(({ server }) => server)),
      }),
      detail: failures
        .map(({ server, error }) => `${server.name}: ${explainError(error, locale).text}`)
        .join('\n'),
    })
  }
  return [...left]
}

const MAX_NAMES = 5

function namesOf(servers: readonly Server[]): string {
  const { t, locale } = ui.i18n
  const names = servers.slice(0, MAX_NAMES).map(({ name }) => name)
  const more = servers.length - names.length
  if (more > 0) names.push(t('manage.more_names', { count: more }))
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
}
