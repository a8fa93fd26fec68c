import type { ExchangeRequest } from './exchange.js'

/** Speaks with one server's agent. */
export interface AgentClient {
  /**
   * Sends JSON, answers the parsed JSON body (null where there is none). Fails with a
   * `MonError`: an `AGENT_*` code, or the agent's own where it is in the catalogue. What the
   * agent said is its `cause`, an `AgentProblem`.
   * @param path begins with `/v1/`
   */
  request(method: ExchangeRequest['method'], path: string, body?: unknown): Promise<unknown>
}
