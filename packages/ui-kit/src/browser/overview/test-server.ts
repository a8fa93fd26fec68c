import { testConnection } from '../http/test-connection.js'
import type { Server } from '../live/server.js'
import { ui } from '../ui.js'

/** Asks a server's agent now, and says what came of it. */
export async function testServer({ id, name, base_url }: Server): Promise<void> {
  try {
    const result = await ui.actions.run(`test-server-${id}`, (signal) =>
      testConnection({ id, base_url }, signal),
    )
    ui.toasts.show({
      kind: result.ok ? 'success' : 'error',
      message: ui.i18n.t(result.ok ? 'card.answers' : 'card.no_answer', { name }),
      ...(!result.ok && { detail: `${result.error.code} ${result.error.message}` }),
    })
  } catch {
    // The action itself has shown it.
  }
}
