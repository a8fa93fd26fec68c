import type { WidgetContext } from '@mon/ui-kit'
import type { ChangedTunnel, ServerTunnel } from '../../aggregator/server-tunnel.js'
import { ActionFailure } from '../failure.js'

export type TunnelAction = 'start' | 'stop' | 'restart'

/** How often the card asks, beside every change that the stream tells of. */
const REFRESH_MS = 10_000

/** The tunnel of one server, as last heard of, and what is being done about it. */
export class TunnelSource {
  tunnel: ServerTunnel | undefined
  /** Why the aggregator could not be asked. */
  error: unknown
  /** Under way: shown as done, until the answer says otherwise. */
  pending: TunnelAction | undefined
  /** Why the last action came to nothing. */
  actionError: unknown
  /** Answers to questions from before an action are of no interest any more. */
  #turn = 0
  #timer = 0

  constructor(
    private readonly ctx: WidgetContext,
    private readonly serverId: string,
    private readonly onChange: () => void,
  ) {}

  start(): void {
    this.#timer = window.setInterval(() => {
      if (!document.hidden) void this.refresh()
    }, REFRESH_MS)
    void this.refresh()
  }

  stop(): void {
    window.clearInterval(this.#timer)
    this.#turn += 1
  }

  readonly refresh = async (): Promise<void> => {
    if (this.pending !== undefined) return
    this.#turn += 1
    const turn = this.#turn
    try {
      const tunnel = await this.ctx.request<ServerTunnel>('GET', this.#path)
      if (turn !== this.#turn) return
      this.tunnel = tunnel
      this.error = undefined
    } catch (error) {
      if (turn !== this.#turn) return
      this.error = error
    }
    this.onChange()
  }

  /** Never rejects: what fails is shown. */
  async act(action: TunnelAction, cancelled: AbortSignal): Promise<void> {
    this.#turn += 1
    this.pending = action
    this.actionError = undefined
    this.onChange()
    try {
      await this.ctx.action(`ssh-proxy.${this.serverId}`, (left) =>
        this.#send(action, AbortSignal.any([left, cancelled])),
      )
      this.ctx.toast({ kind: 'success', message: this.ctx.i18n.t(`ssh-proxy.done.${action}`) })
    } catch (error) {
      if (!cancelled.aborted) this.actionError = error
    } finally {
      this.pending = undefined
      this.onChange()
    }
  }

  async #send(action: TunnelAction, signal: AbortSignal): Promise<void> {
    const body = { action: action === 'stop' ? 'stop' : 'start' }
    const answer = await this.ctx.request<ChangedTunnel>('PUT', this.#path, body, { signal })
    this.tunnel = answer
    this.error = undefined
    if (answer.action?.error) throw new ActionFailure(answer.action.error)
  }

  get #path(): string {
    return `/api/servers/${this.serverId}/proxy`
  }
}
