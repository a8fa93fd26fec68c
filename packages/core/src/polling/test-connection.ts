import type { TestConnection } from '../servers/connection-test.js'
import type { SnapshotCheck } from './check-snapshot.js'
import type { PollClient } from './poll-client.js'

/** Polls an agent once, as the poller would, and says what came of it. */
export function createConnectionTest(client: PollClient, check: SnapshotCheck): TestConnection {
  return async (target) => {
    const answer = await client.poll(target)
    if (!answer.ok) return answer
    const checked = check(answer.snapshot)
    if (!checked.ok) return checked
    const { hostname, agent_version } = checked.snapshot
    const ms = Math.round(answer.ms * 10) / 10
    return { ok: true, ms, hostname, agent_version, latest: checked.snapshot }
  }
}
