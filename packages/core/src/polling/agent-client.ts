/** Speaks with one server's agent. */
export interface AgentClient {
  /**
   * Sends JSON, answers the parsed JSON body. Fails with a `MonError` of an `AGENT_*` code.
   * @param path begins with `/v1/`
   */
  request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>
}
