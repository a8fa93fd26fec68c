import { createEmitter, type OnChange } from '../emitter.js'
import { recall, remember } from '../remember.js'
import type { Session } from '../session/session.js'

export const zoneKinds = ['browser', 'server', 'utc'] as const
export type ZoneKind = (typeof zoneKinds)[number]

/** In which time zone times are told, remembered on this browser. */
export interface ZoneChoice {
  readonly current: ZoneKind
  /** Such as `Asia/Shanghai`; undefined for that of the browser. */
  readonly name: string | undefined
  nameOf(kind: ZoneKind): string | undefined
  choose(kind: ZoneKind): void
  onChange: OnChange
}

/** The zone of the server is known only once the session is: until then it is the browser's. */
export function createZoneChoice(session: Pick<Session, 'timeZone' | 'onChange'>): ZoneChoice {
  const { emit, onChange } = createEmitter()
  const kept = recall('mon.zone')
  let current = zoneKinds.find((kind) => kind === kept) ?? 'browser'
  const nameOf = (kind: ZoneKind) =>
    ({ browser: undefined, server: session.timeZone, utc: 'UTC' })[kind]

  session.onChange(() => {
    if (current === 'server') emit()
  })

  return {
    get current() {
      return current
    },
    get name() {
      return nameOf(current)
    },
    nameOf,
    choose(kind) {
      current = kind
      remember('mon.zone', kind === 'browser' ? null : kind)
      emit()
    },
    onChange,
  }
}
