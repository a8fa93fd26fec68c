import { performance } from 'node:perf_hooks'
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.js'
import type { PasswordCheck } from './password.js'
import { createRecentMap } from './recent-map.js'
import { createSessions, type Sessions } from './sessions.js'

/** How people get in: with the password, once, and then with the session it opens. */
export interface Login {
  sessions: Sessions
  /** @param address as `addressKey` gives it */
  attempt(password: string, address: string): Promise<LoginOutcome>
}

export type LoginOutcome =
  | { outcome: 'accepted'; session: string }
  | { outcome: 'refused' }
  | { outcome: 'too_many'; wait_s: number }

export const SESSION_MAX_AGE_S = 7 * 86_400
const SESSION_IDLE_S = 86_400

export function createLogin(isPassword: PasswordCheck, now = () => performance.now()): Login {
  const sessions = createSessions({
    idle_s: SESSION_IDLE_S,
    max_age_s: SESSION_MAX_AGE_S,
    max: 1000,
    now,
  })
  const limit = { max_keys: 10_000, now }
  const perAddress = createAttemptLimit({
    free: 5,
    max_wait_s: 900,
    forget_after_s: 3600,
    ...limit,
  })
  // Against many addresses at once. The wait is short, for it also meets those who know the password.
  const overall = createAttemptLimit({ free: 50, max_wait_s: 10, forget_after_s: 900, ...limit })
  // Nobody can lock out those who have logged in from where they are now.
  const trusted = createRecentMap<true>(100)

  return {
    sessions,
    async attempt(password, address) {
      const limits: [AttemptLimit, string][] = [[perAddress, address]]
      if (!trusted.get(address)) limits.push([overall, everybody])
      const wait_s = Math.max(...limits.map(([limit, key]) => limit.waitFor(key)))
      if (wait_s > 0) return { outcome: 'too_many', wait_s }
      for (const [limit, key] of limits) limit.begin(key)
      if (!(await isPassword(password))) return { outcome: 'refused' }
      for (const [limit, key] of limits) limit.forgive(key)
      trusted.set(address, true)
      return { outcome: 'accepted', session: sessions.open() }
    },
  }
}

const everybody = 'everybody'
