import { describeError } from '../http/request.js'
import type { Route } from '../route.js'
import type { Toasts } from './toasts.js'

export interface Actions {
  /**
   * Runs something a user asked for. While it runs, the same `id` gives the same promise;
   * leaving the page aborts it; a failure is shown and passed on.
   */
  run<T>(id: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
}

export function createActions(toasts: Toasts, route: Route): Actions {
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
    const { signal } = onPage
    try {
      return await run(signal)
    } catch (error) {
      if (!signal.aborted) {
        const detail = describeError(error)
        toasts.show({
          kind: 'error',
          message: error instanceof Error ? error.message : detail,
          detail,
        })
      }
      throw error
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
