import { type Logger, pino } from 'pino'
import { MASK, maskText } from './secret-text.js'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const secretKeys = ['token', 'password', 'secret', 'authorization', 'cookie', 'passphrase']

/** JSON lines on standard output. Known secret keys are masked wherever an object is logged. */
export function createLogger(name: string, level: LogLevel): Logger {
  const options = {
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: MASK,
    },
    // Deeper down, and in texts and stacks that come from elsewhere.
    hooks: { streamWrite: maskText },
  }
  // A process that ends by a signal flushes nothing: the last line, which says why, would be lost.
  return pino(options, pino.destination({ fd: 1, sync: true }))
}
