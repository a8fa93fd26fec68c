import { Ajv } from 'ajv'
import type { AgentPlugin } from '../agent/context.js'
import { createAgent } from '../agent/create-agent.js'
import type { RawConfig } from '../config/load-config.js'
import type { StartReport } from '../plugin/report.js'
import { Snapshot } from '../snapshot/snapshot.js'

const isSnapshot = new Ajv().compile<Snapshot>(Snapshot)

export interface TestAgent {
  url: string
  report: StartReport
  /** Asks `GET /v1/snapshot`, as an aggregator does, and checks what every snapshot must have. */
  snapshot(): Promise<Snapshot>
  stop(): Promise<void>
}

/**
 * Starts a real agent with the plugins under test.
 *
 * @example
 * const agent = await startTestAgent([openFiles])
 * expect((await agent.snapshot()).open_files).toBeGreaterThan(0)
 * await agent.stop()
 */
export async function startTestAgent(
  plugins: readonly AgentPlugin[] = [],
  config: RawConfig = {},
): Promise<TestAgent> {
  const agent = await createAgent({
    config: { listen: '127.0.0.1:0', log_level: 'silent', ...config },
    plugins,
    env: {},
  })
  const report = await agent.start()
  return {
    url: report.url,
    report,
    async snapshot() {
      const response = await fetch(`${report.url}/v1/snapshot`)
      const answer = await response.json()
      if (isSnapshot(answer)) return answer
      throw new Error(`Not a snapshot: ${new Ajv().errorsText(isSnapshot.errors)}`)
    },
    stop: agent.stop,
  }
}
