import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * What the aggregator last answered to a question, and why it last did not: a region of a page that
 * fails keeps what it shows.
 */
export class Answer<T> implements ReactiveController {
  value: T | undefined
  error: unknown
  private readonly host: ReactiveControllerHost
  private readonly ask: () => Promise<T> | undefined
  private asked = 0
  private isGone = false

  /** @param ask what to ask for; undefined where there is nothing to be asked now */
  constructor(host: ReactiveControllerHost, ask: () => Promise<T> | undefined) {
    this.host = host
    this.ask = ask
    host.addController(this)
  }

  hostConnected(): void {
    this.isGone = false
  }

  hostDisconnected(): void {
    this.isGone = true
  }

  /** Asks anew. The answer to an older question is not heard any more. */
  readonly refresh = async (): Promise<void> => {
    this.asked += 1
    const number = this.asked
    let value: T | undefined
    let error: unknown
    try {
      value = await this.ask()
    } catch (cause) {
      error = cause ?? new Error('unknown')
    }
    if (number !== this.asked || this.isGone) return
    if (error === undefined) this.value = value
    this.error = error
    this.host.requestUpdate()
  }
}
