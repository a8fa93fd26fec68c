import { type Plugin, Type } from '@mon/core'
import { ProxyState } from './proxy-status.js'

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** What a snapshot says of the tunnel; all null where the agent has none. */
export const proxyFields = {
  proxy_status: Type.Union([ProxyState, Type.Null()]),
  /** 1: the proxy on the centre answers; 0: it does not; null: the tunnel is stopped. */
  proxy_up: NumberOrNull,
  /** Attempts since it was last well for a while. */
  proxy_retries: NumberOrNull,
  /** How long the last answer from end to end took. */
  proxy_probe_s: NumberOrNull,
}

export const proxyMetrics: NonNullable<NonNullable<Plugin['aggregator']>['metrics']> = [
  { name: 'proxy_up', unit: 'count', label: { en: 'Tunnel up', 'zh-CN': '隧道可用' }, hourly: [] },
  {
    name: 'proxy_probe_s',
    unit: 'seconds',
    label: { en: 'Answer through the tunnel', 'zh-CN': '隧道应答时间' },
    hourly: [],
  },
]
