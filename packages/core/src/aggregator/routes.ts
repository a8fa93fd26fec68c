import { Type } from 'typebox'
import { Metric } from '../metrics/metric.js'
import type { MetricRegistry } from '../metrics/registry.js'
import type { RoutePlugin } from '../plugin/routes.js'
import { WidgetManifestEntry } from '../plugin/widget.js'
import { type WidgetRegistry, widgetManifest } from '../plugin/widgets.js'

/** `GET /api/widgets` and `GET /api/metrics`: what the plugins have declared. */
export function declarationRoutes(widgets: WidgetRegistry, metrics: MetricRegistry): RoutePlugin {
  return async (app) => {
    app.get(
      '/api/widgets',
      {
        schema: {
          summary: 'The widgets of all plugins, in slot order',
          tags: ['plugins'],
          response: { 200: Type.Array(WidgetManifestEntry) },
        },
      },
      () => widgetManifest(widgets.list()),
    )
    app.get(
      '/api/metrics',
      {
        schema: {
          summary: 'The metrics that core and all plugins have declared',
          tags: ['plugins'],
          response: { 200: Type.Array(DeclaredMetric) },
        },
      },
      () => [...metrics.list()],
    )
  }
}

const DeclaredMetric = Type.Object({ plugin: Type.String(), ...Metric.properties })
