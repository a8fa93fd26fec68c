import { createMigrationRegistry, type MigrationRegistry } from '../database/migration-registry.js'
import { createMetricRegistry, type MetricRegistry } from '../metrics/registry.js'
import type { LifeCycle } from '../plugin/life-cycle.js'
import type { AggregatorSide } from '../plugin/plugin.js'
import type { HostedPlugin } from '../plugin/prepare-host.js'
import { createWidgetRegistry, type WidgetRegistry } from '../plugin/widgets.js'
import type { AggregatorContext } from './context.js'
import type { AggregatorHooks } from './hooks.js'

export interface Declarations {
  metrics: MetricRegistry
  migrations: MigrationRegistry
  widgets: WidgetRegistry
}

/** Gathers what the plugins have declared as data, and what they add through the hooks. */
export async function gatherDeclarations(
  lifeCycle: LifeCycle<HostedPlugin<AggregatorSide<AggregatorContext>>>,
  hooks: AggregatorHooks,
): Promise<Declarations> {
  const metrics = createMetricRegistry()
  const migrations = createMigrationRegistry()
  const widgets = createWidgetRegistry(lifeCycle.isRunning)
  await lifeCycle.step('declare', ({ id, side }) => {
    for (const metric of side.metrics ?? []) metrics.add(id, metric)
    for (const migration of side.migrations ?? []) migrations.add(id, migration)
    for (const widget of side.widgets ?? []) widgets.add(id, widget)
  })
  hooks.metrics.call(metrics)
  hooks.migrations.call(migrations)
  hooks.widgets.call(widgets)
  return { metrics, migrations, widgets }
}
