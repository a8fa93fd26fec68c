import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { loadAssets } from '../src/server/assets.js'
import { uiRoutes } from '../src/server/routes.js'

const assets = loadAssets()
const { manifest } = assets

async function server() {
  const app = fastify()
  await app.register(
    uiRoutes(assets, () => [
      {
        plugin: 'open-files',
        slot: 'overview.card',
        module: new URL('./widgets/open-files.js', import.meta.url),
      },
      { plugin: 'gone', slot: 'nav.page', module: new URL('./widgets/gone.js', import.meta.url) },
    ]),
    { prefix: '/' },
  )
  return app
}

describe('The web UI', () => {
  it('is one page under a policy that allows its own inline scripts and no others', async () => {
    const { headers, body } = await (await server()).inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy).not.toContain('unsafe')
    const inline = [...body.matchAll(/<script(?: type="importmap")?>(.*?)<\/script>/gs)]
    expect(inline).toHaveLength(2)
    for (const [, script = ''] of inline) {
      expect(policy).toContain(createHash('sha256').update(script).digest('base64'))
    }
    expect(body).not.toMatch(/<style|style=|\son\w+=/)
  })

  it('is served at the pages of plugins too', async () => {
    const app = await server()
    expect((await app.inject('/p/gone')).body).toBe((await app.inject('/')).body)
    expect((await app.inject('/p/other')).statusCode).toBe(404)
  })

  it('leads every specifier that widgets may import to a file that is there', async () => {
    const app = await server()
    expect(Object.keys(manifest.imports)).toEqual(
      expect.arrayContaining([
        'lit',
        'lit/decorators.js',
        'lit/directives/repeat.js',
        '@mon/ui-kit',
      ]),
    )
    for (const file of Object.values(manifest.imports)) {
      expect((await app.inject(`/ui/${file}`)).statusCode, file).toBe(200)
    }
  })

  it('has files that never change under their names', async () => {
    const response = await (await server()).inject(`/ui/${manifest.main}`)
    expect(response.headers['content-type']).toContain('text/javascript')
    expect(response.headers['cache-control']).toContain('immutable')
  })

  it('compresses for those who can read it, and answers 304 to those who have it', async () => {
    const app = await server()
    const gzip = { 'accept-encoding': 'br, gzip' }
    const { headers, rawPayload } = await app.inject({ url: '/', headers: gzip })
    expect(headers['content-encoding']).toBe('gzip')
    expect(rawPayload.length).toBeLessThan((await app.inject('/')).rawPayload.length)
    const again = await app.inject({ url: '/', headers: { 'if-none-match': headers.etag } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it.each([
    '/ui/manifest.json',
    '/ui/../package.json',
    '/ui/..%2f..%2fpackage.json',
    '/ui/widgets/open-files/lit-files.js',
    '/ui/widgets/open-files/..%2f..%2ffleet.ts',
    '/ui/widgets/other/open-files.js',
  ])('does not serve %s', async (path) => {
    expect((await (await server()).inject(path)).statusCode).toBe(404)
  })

  it("serves a widget's module, to be asked for again every time", async () => {
    const response = await (await server()).inject('/ui/widgets/open-files/open-files.js')
    expect(response.body).toContain("customElements.define('open-files-count'")
    expect(response.headers['content-type']).toContain('text/javascript')
    expect(response.headers['cache-control']).toBe('no-cache')
  })
})

describe('The size of the web UI, compressed', () => {
  const size = (files: string[]) =>
    files.reduce((sum, file) => sum + gzipSync(assets.files.get(file)?.body ?? '').length, 0)

  it('is at most 130 kB of scripts', () => {
    const scripts = size([manifest.main, ...manifest.preload])
    expect(scripts).toBeGreaterThan(10_000)
    expect(scripts).toBeLessThanOrEqual(130_000)
  })

  it('is in few files, for a browser fetches six at a time', () => {
    expect(manifest.preload.length).toBeLessThanOrEqual(6)
  })

  it('is at most 12 kB of styles', () => {
    expect(size([manifest.styles])).toBeLessThanOrEqual(12_000)
  })
})
