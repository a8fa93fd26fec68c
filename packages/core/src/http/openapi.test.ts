import { chromium } from 'playwright-core'
import { Type } from 'typebox'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from '../../../../test/chromium.js'
import { listen } from './listen.js'
import { createSampleServer } from './sample-server.js'

describe('The OpenAPI document', () => {
  const { app } = createSampleServer()
  app.get('/api/late', async () => 'added to the server itself')
  app.put(
    '/api/sums/:id',
    {
      schema: {
        params: Type.Object({ id: Type.Integer({ description: 'Of the sum' }) }),
        response: {
          200: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
        },
      },
    },
    async () => ({}),
  )
  afterAll(() => app.close())

  it('lists the routes but the hidden ones, however they were added', async () => {
    const document = (await app.inject('/openapi.json')).json()
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Sample', version: '1.0.0' },
    })
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/elsewhere-fails',
      '/api/fails',
      '/api/late',
      '/api/stream',
      '/api/sums/{id}',
      '/api/taken',
      '/api/things',
      '/api/things/{id}',
      '/healthz',
    ])
  })

  it('has the schemas as they are, and a problem as the answer to every operation', async () => {
    const document = (await app.inject('/openapi.json')).json()
    expect(document.paths['/api/sums/{id}'].put).toEqual({
      parameters: [
        {
          in: 'path',
          name: 'id',
          required: true,
          description: 'Of the sum',
          schema: { type: 'integer' },
        },
      ],
      responses: {
        200: {
          description: 'Default Response',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                additionalProperties: { anyOf: [{ type: 'number' }, { type: 'null' }] },
              },
            },
          },
        },
        default: {
          description: 'What went wrong',
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
          },
        },
      },
    })
    expect(document.components.schemas.Problem.required).toContain('code')
    for (const path of Object.values<Record<string, { responses: object }>>(document.paths)) {
      for (const operation of Object.values(path))
        expect(operation.responses).toHaveProperty('default')
    }
  })

  it('says that a token is needed where one is', async () => {
    const { app: guarded } = createSampleServer({ token: 'secret' })
    const headers = { authorization: 'Bearer secret' }
    expect((await guarded.inject({ url: '/openapi.json', headers })).json()).toMatchObject({
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    })
    await guarded.close()
  })
})

describe('The reference page', () => {
  it('has a policy of its own, without unsafe words and other sites', async () => {
    const { app } = createSampleServer()
    const { headers } = await app.inject('/docs')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/)
    await app.close()
  })

  it.skipIf(chromiumPath === null)(
    'shows the routes in a browser that has nothing to complain of',
    async () => {
      const { app } = createSampleServer()
      const browser = await chromium.launch(launchOptions)
      try {
        const url = await listen(app, { host: '127.0.0.1', port: 0 })
        const page = await browser.newPage()
        const complaints: string[] = []
        const elsewhere: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(error.message))
        page.on('request', (request) => {
          if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
            elsewhere.push(request.url())
        })

        await page.goto(`${url}/docs`)
        const operation = page.locator('.opblock', { hasText: 'All things' })
        await operation.getByRole('button').first().click()
        await operation.getByText('Try it out').click()
        await operation.locator('.execute').click()
        await operation.locator('.live-responses-table').getByText('200').first().waitFor()

        expect(complaints).toEqual([])
        expect(elsewhere).toEqual([])
      } finally {
        await browser.close()
        await app.close()
      }
    },
  )
})
