import type { AgentContext } from '@mon/core'
import { proxyField } from '../proxy-field.js'
import { proxyFields } from '../proxy-fields.js'
import { resolveBounds } from './bounds.js'
import type { AgentConfig } from './config.js'
import { proxyCommand } from './proxy-command.js'
import { createProxyService } from './proxy-service.js'
import { proxyRoutes } from './routes.js'
import { tunnelCheck } from './tunnel-check.js'
import { fieldsOf } from './tunnel-fields.js'

/** Runs on each server: keeps the tunnel to the centre up. */
export function setup(ctx: AgentContext<AgentConfig>): void {
  const bounds = resolveBounds(ctx.config)
  const service = createProxyService({ bounds, log: ctx.log, env: process.env })

  ctx.routes(proxyRoutes(service), { prefix: '/v1/proxy' })
  ctx.collector({
    fields: { ...proxyFields, ...proxyField },
    collect: () => fieldsOf(service.status()),
  })
  ctx.hooks.health.tapPromise('ssh-proxy', async (report) => {
    const { status, target, last_error } = service.status()
    report.checks.tunnel = {
      ok: status === 'connected' || status === 'stopped',
      message: last_error?.message ?? `${status}${target === null ? '' : `: ${target}`}`,
    }
  })
  ctx.hooks.commands.tap('ssh-proxy', (registry) => registry.add(proxyCommand(bounds, process.env)))
  ctx.hooks.doctor.tap('ssh-proxy', (registry) => registry.add(tunnelCheck(bounds, process.env)))
  ctx.onStart(service.open)
  ctx.onStop(service.close)
}
