import type { LiveSeries, Metric, Server, WidgetManifestEntry } from '@mon/core'
import { describe, expectTypeOf, it } from 'vitest'
import type * as detail from '../src/browser/detail/full-server.js'
import type { Server as PageServer } from '../src/browser/live/server.js'
import type { WidgetEntry } from '../src/browser/widgets/widget-catalogue.js'

describe('What the page reads', () => {
  it('is what the aggregator sends', () => {
    expectTypeOf<Server>().toExtend<PageServer>()
    expectTypeOf<Server>().toExtend<detail.FullServer>()
    expectTypeOf<LiveSeries>().toExtend<detail.LiveSeries>()
    expectTypeOf<Metric>().toExtend<detail.DeclaredMetric>()
    expectTypeOf<WidgetManifestEntry>().toExtend<WidgetEntry>()
  })
})
