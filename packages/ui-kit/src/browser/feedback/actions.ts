import { explainError } from '../i18n/explain-error.js'
import type { I18n } from '../i18n/i18n.js'
import type { Route } from '../route.js'
import type { Toasts } from './toasts.js'

export interface Actions {
  /**
   * Runs something a user asked for. While it runs, the same `id` gives the same promise; leaving
   * the page aborts it; one that takes long can be cancelled; a failure is shown and passed on.
   */
  run<T>(id: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
}

export interface ActionsOptions {
  toasts: Toasts
  route: Route
  i18n: I18n
}

/** After this the user is offered to cancel, milliseconds. */
export const patience = 10_000

export function createActions({ toasts, route, i18n }: ActionsOptions): Actions {
  const running = new Map<string, Promise<unknown>>()
  let onPage = new AbortController()
  let path = route.path

  route.onChange(() => {
    if (route.path === path) return
    path = route.path
    onPage.abort()
    onPage = new AbortController()
  })

  async function attempt<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const cancelled = new AbortController()
    const signal = AbortSignal.any([onPage.signal, cancelled.signal])
    let dismiss = () => {}
    const timer = setTimeout(() => {
      dismiss = toasts.show({
        kind: 'pending',
        message: i18n.t('action.slow'),
        action: { label: i18n.t('common.cancel'), run: () => cancelled.abort() },
      })
    }, patience)
    try {
      return await run(signal)
    } catch (error) {
      if (!signal.aborted) {
        const { message, text } = explainError(error, i18n.locale)
        toasts.show({ kind: 'error', message, detail: text })
      }
      throw error
    } finally {
      clearTimeout(timer)
      dismiss()
    }
  }

  return {
    run<T>(id: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
      // One id is one kind of action: who starts it again expects the same result.
      const earlier = running.get(id) as Promise<T> | undefined
      if (earlier !== undefined) return earlier
      const action = attempt(run).finally(() => running.delete(id))
      running.set(id, action)
      return action
    },
  }
}
