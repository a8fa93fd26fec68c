import { createEmitter, type OnChange } from '../emitter.js'
import { onUnauthorized, request } from '../http/request.js'

/**
 * unknown: not asked yet; open: everything may be asked for; login: the password is needed;
 * locked: a token is needed, which a page has not.
 */
export type SessionStatus = 'unknown' | 'open' | 'login' | 'locked'

export interface Session {
  readonly status: SessionStatus
  /** There is a password, so someone has logged in. */
  readonly canLogOut: boolean
  /** Of the aggregator, such as `Asia/Shanghai`; undefined while it is not known. */
  readonly timeZone: string | undefined
  /** Asks the aggregator. Without an answer the session counts as open: others will say what is wrong. */
  load(): Promise<void>
  /** @throws RequestError */
  logIn(password: string): Promise<void>
  /** Leaves nothing of the fleet in the page. */
  logOut(): Promise<void>
  onChange: OnChange
}

/** What `GET /api/session` answers. */
interface SessionState {
  authenticated: boolean
  login: boolean
  time_zone?: string
}

export function createSession(): Session {
  const { emit, onChange } = createEmitter()
  let state: SessionState | undefined

  async function load(): Promise<void> {
    const before = statusOf(state)
    state = await request<SessionState>('GET', '/api/session').catch(
      () => state ?? { authenticated: true, login: false },
    )
    if (statusOf(state) !== before) emit()
  }

  onUnauthorized(() => {
    if (state?.authenticated) load()
  })

  return {
    get status() {
      return statusOf(state)
    },
    get canLogOut() {
      return state?.login ?? false
    },
    get timeZone() {
      return state?.time_zone
    },
    load,
    async logIn(password) {
      await request('POST', '/api/login', { password })
      await load()
    },
    async logOut() {
      await request('POST', '/api/logout')
      location.reload()
    },
    onChange,
  }
}

function statusOf(state: SessionState | undefined): SessionStatus {
  if (state === undefined) return 'unknown'
  if (state.authenticated) return 'open'
  return state.login ? 'login' : 'locked'
}
