import { type Metric, Type } from '@mon/core'
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

export const proxyMetrics: Metric[] = [
  {
    // The average of an hour is the part of it that the tunnel worked.
    name: 'proxy_up',
    unit: 'count',
    label: { en: 'Tunnel up', 'zh-CN': 'SSH 代理可用' },
    hourly: ['avg'],
  },
  {
    name: 'proxy_retries',
    unit: 'count',
    label: { en: 'Tunnel retries', 'zh-CN': 'SSH 代理重试次数' },
    hourly: ['max'],
  },
  {
    // 0 while it is connected; the aggregator derives it.
    name: 'proxy_down_s',
    unit: 'seconds',
    label: { en: 'Since the tunnel was last connected', 'zh-CN': 'SSH 代理已断开时长' },
    hourly: ['max'],
  },
  {
    name: 'proxy_probe_s',
    unit: 'seconds',
    label: { en: 'Answer through the tunnel', 'zh-CN': 'SSH 代理应答时间' },
    hourly: ['avg', 'max'],
  },
]
