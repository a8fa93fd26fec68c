import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createSessions } from './sessions.js'

function create(max = 10) {
  const clock = { seconds: 0 }
  const sessions = createSessions({
    idle_s: 60,
    max_age_s: 600,
    max,
    now: () => clock.seconds * 1000,
  })
  return { sessions, clock }
}

describe('A session', () => {
  it('has an id that nobody can guess', () => {
    const { sessions } = create()
    const ids = new Set(Array.from({ length: 10 }, sessions.open))
    expect(ids.size).toBe(10)
    for (const id of ids) expect(id).toMatch(/^[\w-]{43}$/)
  })

  it('is open until it is ended, and no other is', () => {
    const { sessions } = create()
    const id = sessions.open()
    expect(sessions.use(id)).toBe(true)
    expect(sessions.use(`${id}x`)).toBe(false)
    expect(sessions.use('')).toBe(false)
    sessions.end(id)
    expect(sessions.use(id)).toBe(false)
  })

  it('ends after a time without use', () => {
    const { sessions, clock } = create()
    const id = sessions.open()
    clock.seconds = 59
    expect(sessions.use(id)).toBe(true)
    clock.seconds = 118
    expect(sessions.use(id)).toBe(true)
    clock.seconds = 178
    expect(sessions.use(id)).toBe(false)
  })

  it('ends after its time, however much it is used', () => {
    const { sessions, clock } = create()
    const id = sessions.open()
    for (clock.seconds = 0; clock.seconds < 600; clock.seconds += 50) {
      expect(sessions.use(id)).toBe(true)
    }
    expect(sessions.use(id)).toBe(false)
  })

  it('is not idle while an answer is under way', async () => {
    const { sessions, clock } = create()
    const id = sessions.open()
    const stream = new PassThrough()
    sessions.use(id, stream)
    clock.seconds = 300
    sessions.endExpired()
    expect(stream.destroyed).toBe(false)
    stream.destroy()
    await once(stream, 'close')
    clock.seconds = 359
    expect(sessions.use(id)).toBe(true)
  })

  it.each(['it is ended', 'its time is up', 'others take its place'])(
    'cuts off what is being answered to it when %s',
    (reason) => {
      const { sessions, clock } = create(1)
      const id = sessions.open()
      const stream = new PassThrough()
      sessions.use(id, stream)
      if (reason === 'it is ended') sessions.end(id)
      if (reason === 'others take its place') sessions.open()
      if (reason === 'its time is up') {
        clock.seconds = 600
        sessions.endExpired()
      }
      expect(stream.destroyed).toBe(true)
      expect(sessions.use(id)).toBe(false)
    },
  )

  it('makes room when there are too many: the one unused for longest ends', () => {
    const { sessions } = create(2)
    const [one, two] = [sessions.open(), sessions.open()]
    sessions.use(one)
    const three = sessions.open()
    expect([one, two, three].map((id) => sessions.use(id))).toEqual([true, false, true])
  })
})
