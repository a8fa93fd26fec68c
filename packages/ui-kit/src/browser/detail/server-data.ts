import { createEmitter, type OnChange } from '../emitter.js'
import { request } from '../http/request.js'
import { createLiveStore, type LiveStore } from '../live/live-store.js'
import type { DeclaredMetric, FullServer, LiveSeries } from './full-server.js'
import { append, type LivePoints, noPoints } from './live-points.js'

/** How far back the aggregator remembers, minutes. */
const reach = 60

/** What this page asks for beside the stream: the whole server, and its last hour. */
export interface ServerData {
  /** Undefined until the first answer. */
  readonly server: FullServer | undefined
  /** The same, for widgets: the stream of the whole fleet brings them a summary only. */
  readonly store: LiveStore
  readonly points: LivePoints
  /** What there is to chart, of all plugins. */
  readonly metrics: readonly DeclaredMetric[]
  /** Why the last try failed. */
  readonly error: unknown
  /** Asks for what is new; while it is being asked for, once more afterwards. */
  refresh(): void
  stop(): void
  onChange: OnChange
}

/** @param now epoch seconds by the aggregator's clock */
export function createServerData(id: string, now: () => number): ServerData {
  const { emit, onChange } = createEmitter()
  const stopped = new AbortController()
  const store = createLiveStore()
  let server: FullServer | undefined
  let points = noPoints
  let metrics: readonly DeclaredMetric[] | undefined
  let error: unknown
  let state: 'idle' | 'asking' | 'again' = 'idle'

  function ask<T>(path: string): Promise<T> {
    return request<T>('GET', path, undefined, stopped.signal)
  }

  /** However long the page slept: from the last point that is known, and a minute for the clocks. */
  function minutesMissed(): number {
    const last = points.ts.at(-1) ?? 0
    return Math.min(reach, Math.max(1, Math.ceil((now() - last) / 60) + 1))
  }

  async function load(): Promise<void> {
    const [declared, answer, live] = await Promise.all([
      metrics ?? ask<DeclaredMetric[]>('/api/metrics'),
      ask<FullServer>(`/api/servers/${id}`),
      ask<LiveSeries>(`/api/servers/${id}/live?minutes=${minutesMissed()}`),
    ])
    metrics = declared
    server = answer
    store.replaceAll([answer])
    points = append(points, live, now() - reach * 60)
  }

  async function run(): Promise<void> {
    do {
      state = 'asking'
      try {
        await load()
        error = undefined
      } catch (cause) {
        if (stopped.signal.aborted) return
        error = cause
      }
      emit()
    } while (isAskedAgain())
    state = 'idle'
  }

  function isAskedAgain(): boolean {
    return state === 'again'
  }

  return {
    get server() {
      return server
    },
    store,
    get points() {
      return points
    },
    get metrics() {
      return metrics ?? []
    },
    get error() {
      return error
    },
    refresh() {
      if (state === 'idle') void run()
      else state = 'again'
    },
    stop: () => stopped.abort(),
    onChange,
  }
}
