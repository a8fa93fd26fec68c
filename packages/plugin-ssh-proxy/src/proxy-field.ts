import { type Static, Type } from '@mon/core'
import { ProxyStatus } from './proxy-status.js'

const { events: _events, ...properties } = ProxyStatus.properties

/** A tunnel's status but for its events: small enough to travel with every snapshot. */
export const ProxyBrief = Type.Object(properties)
export type ProxyBrief = Static<typeof ProxyBrief>

/**
 * The part of a snapshot from which the aggregator knows how every tunnel fares without asking for
 * it: null where the agent keeps none.
 */
export const proxyField = { proxy: Type.Union([ProxyBrief, Type.Null()]) }
