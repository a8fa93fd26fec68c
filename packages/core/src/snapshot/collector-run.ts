import { Ajv, type ValidateFunction } from 'ajv'
import { type TProperties, Type } from 'typebox'
import { type ErrorCode, messageOf } from '../errors.js'
import type { AnyCollector, Collection } from './collect.js'
import { throwIfUncompilable } from './field-schemas.js'
import type { CollectorHealth } from './snapshot.js'

/** An answer must leave within 2 s, so no collector may take more of it than this. */
const MAX_DEADLINE_MS = 1500

/** A call unfinished for this long is a failure, even where an older value can be served. */
const STUCK_AFTER_MS = 10_000

/** From this many failures in a row on, the collector is asked at growing intervals. */
const FAILURES_BEFORE_BACKOFF = 3
const FIRST_BACKOFF_MS = 5_000
const LAST_BACKOFF_MS = 300_000

export interface CollectorRunOptions {
  name: string
  /** Monotonic milliseconds. */
  now(): number
  signal: AbortSignal
}

interface Values {
  fields: Record<string, unknown>
  at: number
}

interface Failure {
  code: ErrorCode
  message: string
}

/**
 * Runs one collector for one snapshot after another, and keeps what it last said.
 *
 * A call is never stacked on an unfinished one: while one runs on, snapshots get the last
 * values with their age. What it throws, or returns of the wrong type, costs its own fields only.
 *
 * @returns a function that adds the collector's fields and health, and never rejects
 */
export function createCollectorRun(
  collector: AnyCollector,
  { name, now, signal }: CollectorRunOptions,
): (collection: Collection) => Promise<void> {
  const deadline = Math.min(collector.deadline_ms ?? MAX_DEADLINE_MS, MAX_DEADLINE_MS)
  const check = compileFields(collector.fields)
  const nothing = Object.fromEntries(Object.keys(collector.fields).map((field) => [field, null]))

  let running: { since: number; done: Promise<void> } | null = null
  let values: Values | null = null
  let failure: Failure | null = null
  let failures = 0
  let retryAt = 0
  let lastMs: number | null = null

  async function run(since: number): Promise<void> {
    try {
      accept(await collector.collect(signal))
    } catch (error) {
      reject('COLLECTOR_FAILED', messageOf(error))
    } finally {
      lastMs = now() - since
      running = null
    }
  }

  function accept(fields: unknown): void {
    if (check(fields)) {
      values = { fields, at: now() }
      failure = null
      failures = 0
    } else {
      reject('COLLECTOR_INVALID', invalidMessage(check))
    }
  }

  function reject(code: ErrorCode, message: string): void {
    failure = { code, message }
    failures += 1
    if (failures < FAILURES_BEFORE_BACKOFF) return
    const backoff = FIRST_BACKOFF_MS * 2 ** (failures - FAILURES_BEFORE_BACKOFF)
    retryAt = now() + Math.min(backoff, LAST_BACKOFF_MS)
  }

  function problem(): Failure | null {
    const waited = running === null ? 0 : now() - running.since
    if (running !== null && (values === null || waited >= STUCK_AFTER_MS)) {
      const message = `No answer for ${(waited / 1000).toFixed(1)} s.`
      return { code: 'COLLECTOR_TIMEOUT', message }
    }
    return failure
  }

  function health(): CollectorHealth {
    const age = values === null ? null : Math.round((now() - values.at) / 100) / 10
    const found = problem()
    return {
      ok: found === null,
      ...(lastMs !== null && { ms: Math.round(lastMs * 10) / 10 }),
      age_s: age,
      ...found,
    }
  }

  return async (collection) => {
    if (running === null && now() >= retryAt) {
      const since = now()
      // The first part of collect() may run, and throw, at once: `running` must be set by then.
      running = { since, done: Promise.resolve().then(() => run(since)) }
    }
    if (running !== null) await settledOrLate(running.done, deadline)
    Object.assign(collection.fields, values?.fields ?? nothing)
    collection.collectors[name] = health()
  }
}

async function settledOrLate(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function compileFields(fields: TProperties): ValidateFunction<Record<string, unknown>> {
  const ajv = new Ajv({ strict: true })
  throwIfUncompilable(ajv, fields)
  // Only the declared fields are served, so an undeclared one is as wrong as a missing one.
  const schema = Type.Object(fields, { additionalProperties: false })
  return ajv.compile<Record<string, unknown>>({ ...schema })
}

function invalidMessage(check: ValidateFunction): string {
  const [error] = check.errors ?? []
  const where = error?.instancePath.slice(1).replaceAll('/', '.') ?? ''
  const what = error?.params.additionalProperty ?? ''
  return `It returned values of the wrong type: ${[where, error?.message, what].filter(Boolean).join(' ')}.`
}
