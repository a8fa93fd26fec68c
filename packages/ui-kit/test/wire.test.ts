import type { Server, WidgetManifestEntry } from '@mon/core'
import { describe, expectTypeOf, it } from 'vitest'
import type { Server as PageServer } from '../src/browser/live/server.js'
import type { WidgetEntry } from '../src/browser/widgets/widget-catalogue.js'

describe('What the page reads', () => {
  it('is what the aggregator sends', () => {
    expectTypeOf<Server>().toExtend<PageServer>()
    expectTypeOf<WidgetManifestEntry>().toExtend<WidgetEntry>()
  })
})
