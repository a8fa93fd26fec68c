import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { hostname } from 'node:os'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerFactoryHandler,
  fastify,
  type RawServerDefault,
} from 'fastify'
import hyperid from 'hyperid'
import { MonError } from '../errors.js'
import { type Credentials, createHeadCheck, requireCredentials } from './auth.js'
import { checkOrigin } from './check-origin.js'
import { answerClientError } from './client-error.js'
import { setDefaultHeaders } from './headers.js'
import { createHostCheck } from './host-names.js'
import { type ApiInfo, serveOpenApi } from './openapi.js'
import { answerPlainGet, type PlainGet } from './plain-get.js'
import { sendProblem } from './problem.js'
import { RequestLog } from './request-log.js'
import { createTlsServer, type Tls } from './tls.js'
import { useValidation } from './validation.js'

export interface HttpServerOptions extends ApiInfo, Credentials {
  log: FastifyBaseLogger
  /** Names under which the machine may be asked, besides its own and those of loopback. */
  allowed_hosts: readonly string[]
  /** null: plain HTTP. */
  tls?: Tls | null
  /** Answered without Fastify where nothing speaks against it; its route must be there all the same. */
  plainGet?: PlainGet
}

const REQUEST_TIMEOUT_MS = 30_000
/** As Fastify has it for servers of its own. */
const KEEP_ALIVE_MS = 72_000

/** Fastify, whose routes are typed by their TypeBox schemas. */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/**
 * A server without routes of its own but `/openapi.json` and `/docs`. Requests are checked in
 * this order: Host and Origin, token or session, then all that the route says.
 *
 * A route that streams without end sets `exposeHeadRoute: false`.
 *
 * @throws MonError CONFIG_INVALID if an entry of `allowed_hosts` is not a host name
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const isOwnHost = createHostCheck(options.allowed_hosts, hostname())
  const nextId = hyperid({ urlSafe: true })
  const scheme = options.tls ? 'https' : 'http'
  const hasToken = createHeadCheck(options)
  const { log, tls, plainGet } = options

  const app: HttpServer = fastify({
    loggerInstance: log,
    logController: new RequestLog(),
    genReqId: nextId,
    bodyLimit: 256 * 1024,
    // Against clients that send a request byte by byte. An answer may take as long as it likes.
    requestTimeout: REQUEST_TIMEOUT_MS,
    // An event stream never ends by itself, and closing waits for every connection.
    forceCloseConnections: true,
    return503OnClosing: false,
    // A proxy on this machine says who asks, and whether by HTTPS; nobody else is believed.
    trustProxy: 'loopback',
    // A missing Host is refused by us, in our own words.
    http: { requireHostHeader: false },
    ...((tls || plainGet) && { serverFactory }),
    clientErrorHandler: (error, socket) => {
      log.debug({ code: error.code }, 'not an HTTP request')
      answerClientError(error, socket, nextId())
    },
    // An address that cannot be decoded has no route, so the hooks below do not run.
    frameworkErrors: (error, request, reply) => {
      sendProblem(refuse(request) ?? error, request, reply)
    },
  })

  app.addHook('onRequest', async (request, reply) => {
    setDefaultHeaders(reply.raw, request.id)
    const refusal = refuse(request)
    if (refusal) throw refusal
  })
  requireCredentials(app, options)

  app.addHook('onRequestAbort', async (request) => {
    request.log.debug({ method: request.method, url: request.url }, 'reader went away')
  })
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request) => {
    const [path] = request.url.split('?')
    throw new MonError('ROUTE_NOT_FOUND', `There is no ${request.method} ${path} here.`, {
      hint: 'GET /openapi.json lists what there is.',
    })
  })
  useValidation(app)
  const { title, description, version } = options
  serveOpenApi(app, { title, description, version }, options)
  return app

  function refuse(
    request: Pick<FastifyRequest, 'method' | 'headers' | 'routeOptions' | 'url'>,
  ): MonError | null {
    const { method, headers, routeOptions, url } = request
    const head = { method, headers, path: routeOptions.url ?? url }
    return checkOrigin(head, isOwnHost, scheme)
  }

  /** Fastify gives its limits to its own servers only. */
  function serverFactory(fastifyHandler: FastifyServerFactoryHandler): Server {
    const handler = plainGet
      ? answerPlainGet(plainGet, { isAdmitted, nextId, log }, fastifyHandler)
      : fastifyHandler
    const server = tls
      ? createTlsServer(tls, handler, log)
      : createServer({ requireHostHeader: false }, handler)
    server.requestTimeout = REQUEST_TIMEOUT_MS
    server.keepAliveTimeout = KEEP_ALIVE_MS
    return server
  }

  function isAdmitted({ method = '', url = '', headers }: IncomingMessage): boolean {
    const refusal = checkOrigin({ method, path: url, headers }, isOwnHost, scheme)
    return refusal === null && hasToken(headers)
  }
}
