import { type Static, Type } from 'typebox'
import type { HttpServer } from '../http/server.js'
import type { HostHooks } from './hooks.js'
import type { LifeCycle } from './life-cycle.js'
import type { PluginIdentity } from './plugin.js'
import { PluginState } from './report.js'

/** What `/healthz` answers. */
export const HealthReport = Type.Object({
  status: Type.Enum(['ok', 'degraded']),
  version: Type.String(),
  uptime_s: Type.Number(),
  plugins: Type.Array(PluginState),
  checks: Type.Record(
    Type.String(),
    Type.Object({ ok: Type.Boolean(), message: Type.Optional(Type.String()) }),
    { description: 'What plugins say of their own health' },
  ),
})
export type HealthReport = Static<typeof HealthReport>

/** Serves `GET /healthz`: 200 as long as the host answers; `status` says how well. */
export function serveHealth(
  app: HttpServer,
  version: string,
  hooks: HostHooks,
  lifeCycle: LifeCycle<PluginIdentity>,
): void {
  app.get(
    '/healthz',
    {
      schema: {
        summary: 'Health of the host and its plugins',
        tags: ['host'],
        response: { 200: HealthReport },
      },
    },
    async () => {
      const report: HealthReport = {
        status: 'ok',
        version,
        uptime_s: Math.floor(process.uptime()),
        plugins: [...lifeCycle.states()],
        checks: {},
      }
      await hooks.health.promise(report)
      const isWell =
        report.plugins.every(({ state }) => state === 'ready') &&
        Object.values(report.checks).every(({ ok }) => ok)
      return { ...report, status: isWell ? ('ok' as const) : ('degraded' as const) }
    },
  )
}
