import { Type } from 'typebox'
import { definePlugin } from '../define-plugin.js'

const fields = { fan_rpm: Type.Union([Type.Number(), Type.Null()]) }

/** A third party's plugin, for our own tests: a metric declared once, and its collector. */
export function fansPlugin(rpm: () => number | null = () => 900) {
  return definePlugin({
    id: 'fans',
    version: '1.0.0',
    api: '^1.0.0',
    agent: {
      load: async () => ({
        setup: (ctx) => ctx.collector({ fields, collect: () => ({ fan_rpm: rpm() }) }),
      }),
    },
    aggregator: {
      fields,
      metrics: [
        { name: 'fan_rpm', unit: 'count', label: { en: 'Fan', 'zh-CN': '风扇' }, hourly: ['max'] },
      ],
    },
  })
}
