import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import { isMapping } from '../config/mapping.js'
import type { Admission } from '../http/auth.js'
import type { HttpServer } from '../http/server.js'
import { maskText } from '../secret-text.js'
import { PluginActivity } from './activity.js'
import type { HostHooks } from './hooks.js'
import type { Host } from './host.js'

const status = Type.Enum(['ok', 'degraded'])

const HealthCheck = Type.Object({ ok: Type.Boolean(), message: Type.Optional(Type.String()) })
const isHealthCheck = new Ajv().compile<Static<typeof HealthCheck>>(HealthCheck)

/** What `/healthz` answers. */
export const HealthReport = Type.Object({
  status,
  version: Type.String(),
  uptime_s: Type.Number(),
  plugins: Type.Array(PluginActivity),
  checks: Type.Record(Type.String(), HealthCheck, {
    description: 'What plugins say of their own health',
  }),
})
export type HealthReport = Static<typeof HealthReport>

/** What it answers to those who may not see more. */
export const HealthStatus = Type.Object({ status })

export interface HealthOptions {
  version: string
  hooks: HostHooks
  host: Pick<Host<never, never>, 'activity'>
  /** Who may see more than the status. */
  isAdmitted: Admission
}

/** Serves `GET /healthz`: 200 as long as the host answers; `status` says how well. */
export function serveHealth(
  app: HttpServer,
  { version, hooks, host, isAdmitted }: HealthOptions,
): void {
  app.get(
    '/healthz',
    {
      config: { public: true },
      schema: {
        summary: 'Health of the host and its plugins',
        description: 'Without the credentials that other routes need, the status alone.',
        tags: ['host'],
        response: { 200: Type.Union([HealthReport, HealthStatus]) },
      },
    },
    async (request) => {
      const report: Omit<HealthReport, 'checks'> = {
        status: 'ok',
        version,
        uptime_s: Math.floor(process.uptime()),
        plugins: host.activity(),
      }
      // What plugins are shown is a copy: they add checks, and cannot spoil the rest.
      const shown: HealthReport = { ...structuredClone(report), checks: {} }
      await hooks.health.promise(shown)
      const checks = readChecks(shown.checks)
      const isWell =
        report.plugins.every(({ state }) => state === 'ready') &&
        Object.values(checks).every(({ ok }) => ok)
      const found = { status: isWell ? ('ok' as const) : ('degraded' as const) }
      return isAdmitted(request) ? { ...report, checks, ...found } : found
    },
  )
}

function readChecks(checks: unknown): HealthReport['checks'] {
  return Object.fromEntries(
    Object.entries(isMapping(checks) ? checks : {}).map(([name, check]) => [
      name,
      isHealthCheck(check)
        ? { ...check, ...(check.message !== undefined && { message: maskText(check.message) }) }
        : { ok: false, message: 'This check says nothing that can be read.' },
    ]),
  )
}
