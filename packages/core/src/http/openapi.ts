import swagger, { type SwaggerTransformObject } from '@fastify/swagger'
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import { type Credentials, needsCredentials } from './auth.js'
import { PROBLEM_TYPE, Problem } from './problem.js'
import type { HttpServer } from './server.js'
import { cookieName } from './session-cookie.js'

export interface ApiInfo {
  title: string
  description: string
  version: string
}

/**
 * Serves the OpenAPI 3.1 document of all routes at `/openapi.json`, made from their schemas, and
 * a reference page at `/docs`. A route with `schema.hide` is left out.
 */
export function serveOpenApi(app: HttpServer, info: ApiInfo, credentials: Credentials): void {
  const securitySchemes = schemesOf(credentials)
  // Called, not registered: a registered plugin is loaded later and misses routes added until then.
  swagger(
    app,
    {
      openapi: {
        openapi: '3.1.0',
        info,
        components: {
          schemas: { Problem },
          ...(needsCredentials(credentials) && { securitySchemes }),
        },
        ...(needsCredentials(credentials) && {
          security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
        }),
      },
      transform: ({ schema, url, route }) => ({
        url,
        schema: route.config?.public ? { ...schema, security: [] } : schema,
      }),
      convertConstToEnum: false,
      transformObject: addProblems,
    },
    (error) => {
      if (error) throw error
    },
  )
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  // Registered by itself it would ask for a registered @fastify/swagger.
  app.register(async (context) => swaggerUi(context, referencePage, () => {}))
}

const referencePage: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  // The other layout has a bar with an inline style, which the policy forbids.
  uiConfig: { layout: 'BaseLayout', deepLinking: true },
  // Everything comes from here: the page works offline.
  staticCSP: {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  },
}

function schemesOf({ token, login }: Credentials) {
  return {
    ...(token !== null && { token: { type: 'http', scheme: 'bearer' } as const }),
    ...(login && {
      session: { type: 'apiKey', in: 'cookie', name: cookieName(false) } as const,
    }),
  }
}

/** Every operation may answer with a problem. */
const addProblems: SwaggerTransformObject = (document) => {
  if (!('openapiObject' in document)) return document.swaggerObject
  const { paths = {} } = document.openapiObject
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path ?? {}))) {
    if (typeof operation === 'object' && 'responses' in operation) {
      operation.responses = { default: problemResponse, ...operation.responses }
    }
  }
  return document.openapiObject
}

const problemResponse = {
  description: 'What went wrong',
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
}
