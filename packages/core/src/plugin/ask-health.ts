import { Ajv } from 'ajv'
import type { AccessConfig } from './access.js'
import { askHost } from './ask-host.js'
import { HealthReport, HealthStatus } from './health.js'

/** What the host of a configuration says, where it runs. */
export interface AskedHost {
  /** Where it was asked. */
  url: string
  /** Null where no host answers; `locked` where it shows more than its status to others only. */
  report: HealthReport | 'locked' | null
}

/**
 * Asks the host that this configuration is for how it is.
 * @throws MonError that says why it cannot be asked
 */
export async function askHealth(config: AccessConfig): Promise<AskedHost> {
  const { url, answer } = await askHost(config, { path: '/healthz' })
  return { url, report: readReport(answer?.body) }
}

function readReport(body: unknown): AskedHost['report'] {
  const ajv = new Ajv()
  if (ajv.validate<HealthReport>(HealthReport, body)) return body
  return ajv.validate(HealthStatus, body) ? 'locked' : null
}
