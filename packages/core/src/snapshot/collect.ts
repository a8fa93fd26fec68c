import type { Static, TObject, TProperties } from 'typebox'
import type { CollectorHealth } from './snapshot.js'

/** Fills fields of the snapshot that nobody else fills. */
export interface Collector<Fields extends TProperties = TProperties> {
  /** Key under `collectors`; the plugin's id unless given. */
  name?: string
  fields: Fields
  /** How long a snapshot waits for it, milliseconds; at most 1500, which is the default. */
  deadline_ms?: number
  /** Never called while an earlier call is unfinished. `signal` aborts when the agent stops. */
  collect(signal: AbortSignal): Static<TObject<Fields>> | Promise<Static<TObject<Fields>>>
}

/** A collector of whatever fields, as the agent runs it: what it returns has yet to be checked. */
export interface AnyCollector extends Omit<Collector, 'collect'> {
  collect(signal: AbortSignal): unknown
}

/** The part of a plugin's context through which it collects. */
export interface CollectorContext {
  /**
   * Adds a collector, which owns the snapshot fields it declares.
   * @throws MonError FIELD_CLAIMED when another collector has declared one of them
   */
  collector<Fields extends TProperties>(collector: Collector<Fields>): void
}

/** One snapshot in the making: collectors put their fields and their health here. */
export interface Collection {
  fields: Record<string, unknown>
  collectors: Record<string, CollectorHealth>
}
