import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'

/**
 * One line for a request, at debug: an agent is asked every few seconds. No header is ever
 * logged, for they hold tokens. What goes wrong is logged where it is answered.
 */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'request_id' })
  }

  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const { method, url } = request
    const line = { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (error) request.log.warn({ ...line, err: error }, 'answer cut short')
    else request.log.debug(line, 'answered')
  }

  override streamError(error: Error & { code?: string }, request: FastifyRequest): void {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') request.log.debug('reader went away')
    else request.log.warn({ err: error }, 'answer cut short')
  }
}
