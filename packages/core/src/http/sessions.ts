import { createHash, randomBytes } from 'node:crypto'
import { createRecentMap } from './recent-map.js'

/** An answer under way, such as a `ServerResponse`. */
export interface Answer {
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
}

/** Who is logged in. Kept in memory: after a restart everybody logs in again. */
export interface Sessions {
  /** @returns the new session's id, 256 random bits; only its hash is kept */
  open(): string
  /**
   * Whether the session is open, which this use keeps it. An answer given here ends with the
   * session, which is not idle until the answer is complete.
   */
  use(id: string, answer?: Answer): boolean
  end(id: string): void
  /** Ends those whose time is up. `use` does so by itself; an endless answer uses its session once. */
  endExpired(): void
}

export interface SessionsOptions {
  /** A session ends after so long without a request, seconds. */
  idle_s: number
  /** And after so long in any case, seconds. */
  max_age_s: number
  /** The one unused for longest ends when there are more. */
  max: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
}

interface Session {
  opened_at: number
  used_at: number
  answers: Set<Answer>
}

export function createSessions({ idle_s, max_age_s, max, now }: SessionsOptions): Sessions {
  const sessions = createRecentMap<Session>(max, cutOff)

  function isOver({ opened_at, used_at, answers }: Session): boolean {
    const time = now()
    const isIdle = answers.size === 0 && time - used_at >= idle_s * 1000
    return isIdle || time - opened_at >= max_age_s * 1000
  }

  function attach(session: Session, answer: Answer): void {
    if (session.answers.has(answer)) return
    session.answers.add(answer)
    answer.once('close', () => {
      session.answers.delete(answer)
      session.used_at = now()
    })
  }

  function end(key: string): void {
    const session = sessions.get(key)
    sessions.delete(key)
    if (session !== undefined) cutOff(session)
  }

  return {
    open() {
      const id = randomBytes(32).toString('base64url')
      const time = now()
      sessions.set(keyOf(id), { opened_at: time, used_at: time, answers: new Set() })
      return id
    },
    use(id, answer) {
      const key = keyOf(id)
      const session = sessions.get(key)
      if (session === undefined) return false
      if (isOver(session)) {
        end(key)
        return false
      }
      session.used_at = now()
      sessions.set(key, session)
      if (answer !== undefined) attach(session, answer)
      return true
    },
    end: (id) => end(keyOf(id)),
    endExpired() {
      for (const [key, session] of sessions.entries()) if (isOver(session)) end(key)
    },
  }
}

function cutOff({ answers }: Session): void {
  for (const answer of answers) answer.destroy()
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}
