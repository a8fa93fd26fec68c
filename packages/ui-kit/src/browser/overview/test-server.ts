import { request } from '../http/request.js'
import type { LastError, Server } from '../live/server.js'
import { ui } from '../ui.js'

/** What `POST /api/servers/test` answers. */
interface TestResult {
  ok: boolean
  error?: Omit<LastError, 'at'>
}

/** Asks a server's agent now, and says what came of it. */
export async function testServer({ id, name, base_url }: Server): Promise<void> {
  const ask = (signal: AbortSignal) =>
    request<TestResult>('POST', '/api/servers/test', { id, base_url }, signal)
  try {
    const { ok, error } = await ui.actions.run(`test-server-${id}`, ask)
    ui.toasts.show({
      kind: ok ? 'success' : 'error',
      message: ui.i18n.t(ok ? 'card.answers' : 'card.no_answer', { name }),
      ...(error && { detail: `${error.code} ${error.message}` }),
    })
  } catch {
    // The action itself has shown it.
  }
}
