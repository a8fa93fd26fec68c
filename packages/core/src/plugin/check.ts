import { MonError, messageOf } from '../errors.js'
import { withTimeLimit } from './time-limit.js'

/** Something that could keep a host from doing its work; `mon doctor` looks into it. */
export interface Check {
  /** What is looked into, in a few words: `database`. */
  name: string
  /** @returns what was found; throws what is wrong, best a MonError with its hint */
  run(): Promise<string>
}

export interface CheckRegistry {
  add(check: Check): void
}

export interface CheckResult {
  name: string
  ok: boolean
  message: string
  /** What to do about it. */
  hint?: string
}

const CHECK_LIMIT_MS = 10_000

export async function runCheck({ name, run }: Check): Promise<CheckResult> {
  try {
    const message = await withTimeLimit(run(), CHECK_LIMIT_MS, `The check "${name}"`)
    return { name, ok: true, message }
  } catch (error) {
    const hint = error instanceof MonError ? error.hint : undefined
    return { name, ok: false, message: messageOf(error), ...(hint !== undefined && { hint }) }
  }
}
