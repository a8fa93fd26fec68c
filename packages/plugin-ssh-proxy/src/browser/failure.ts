import type { AgentFailure } from '../aggregator/ask-agent.js'

/** What an agent answered, to be thrown: the page tells it in its own language by the code. */
export class ActionFailure extends Error {
  readonly code: string
  readonly hint: string | null

  constructor({ code, message, hint }: AgentFailure) {
    super(message)
    this.code = code
    this.hint = hint
  }
}
