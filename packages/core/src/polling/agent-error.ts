import { type ErrorCode, MonError, messageOf } from '../errors.js'
import {
  ANSWER_TIMEOUT_MS,
  AnswerTimeout,
  AnswerTooLarge,
  CONNECT_TIMEOUT_MS,
  MAX_ANSWER_BYTES,
} from './exchange.js'

/** Why an agent could not be asked, in words for the operator. */
export interface AgentError {
  code: ErrorCode
  message: string
  /** The next step. */
  hint: string
}

export function asMonError({ code, message, hint }: AgentError, cause?: unknown): MonError {
  return new MonError(code, message, { hint, cause })
}

/** Puts what `Exchange.send` rejected with into words. */
export function explainFailure(origin: string, error: unknown): AgentError {
  if (error instanceof AnswerTimeout) {
    return {
      code: 'AGENT_TIMEOUT',
      message: `${origin} did not finish its answer within ${ANSWER_TIMEOUT_MS / 1000} s.`,
      hint: 'See in the log of the agent what it waits for, or restart it.',
    }
  }
  if (error instanceof AnswerTooLarge) {
    return {
      code: 'AGENT_HTTP_ERROR',
      message: `${origin} answered with more than ${MAX_ANSWER_BYTES} bytes.`,
      hint: 'Check that an agent listens there.',
    }
  }
  const code = codeOf(error)
  for (const [pattern, explanation] of explanations) {
    if (pattern.test(code)) return explanation(origin, code)
  }
  return {
    code: 'AGENT_UNREACHABLE',
    message: `${origin} cannot be reached: ${messageOf(error)}.`,
    hint: 'Check the address, and that the agent runs.',
  }
}

/** By the code that Node, OpenSSL or undici gives. */
const explanations: readonly [RegExp, (origin: string, code: string) => AgentError][] = [
  [
    /^ECONNREFUSED$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `Nothing listens at ${origin}: the connection was refused.`,
      hint: 'Start the agent there, or correct the address and port.',
    }),
  ],
  [
    /^E(HOST|NET)(UNREACH|DOWN)$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `There is no way through the network to ${origin}.`,
      hint: 'Check that the server is switched on, and the network or VPN between.',
    }),
  ],
  [
    /^ENOTFOUND$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `The name in ${origin} is not known (DNS).`,
      hint: 'Correct the name, or give the IP address.',
    }),
  ],
  [
    /^EAI_AGAIN$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `The name in ${origin} cannot be looked up now: DNS does not answer.`,
      hint: 'Check the DNS settings of this machine, or give the IP address.',
    }),
  ],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `${origin} closed the connection before its answer was complete.`,
      hint: 'See in the log of the agent whether it restarts; a proxy between can do this, too.',
    }),
  ],
  [
    /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    (origin) => ({
      code: 'AGENT_TIMEOUT',
      message: `${origin} did not accept a connection within ${CONNECT_TIMEOUT_MS / 1000} s.`,
      hint: 'Check that the server is switched on and its firewall lets this port through.',
    }),
  ],
  [
    /^(EMFILE|ENFILE)$/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `This machine has too many files open to connect to ${origin}.`,
      hint: 'Raise the limit of open files (`ulimit -n`) for the aggregator.',
    }),
  ],
  [
    /^(HPE_|HTTPParserError$)/,
    (origin) => ({
      code: 'AGENT_HTTP_ERROR',
      message: `What listens at ${origin} does not speak HTTP.`,
      hint: 'Correct the port, or write https:// if the agent stands behind TLS.',
    }),
  ],
  [
    /^(EPROTO|ERR_SSL_)/,
    (origin) => ({
      code: 'AGENT_UNREACHABLE',
      message: `What listens at ${origin} does not speak TLS.`,
      hint: 'Write http:// unless the agent stands behind TLS.',
    }),
  ],
  [
    /CERT|SIGNATURE/,
    (origin, code) => ({
      code: 'AGENT_UNREACHABLE',
      message: `The certificate of ${origin} is not trusted (${code}).`,
      hint: 'Give the aggregator the issuer with NODE_EXTRA_CA_CERTS, or renew the certificate.',
    }),
  ],
]

/** undici's parser gives some of its errors no code. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
