import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acceptsGzip, gzipBody, gzipHeader, gzipPart, gzipPartSync } from './gzip.js'
import { unzipOpen } from './unzip-open.js'

test.each([
  ['gzip', true],
  ['gzip, deflate, br, zstd', true],
  ['br;q=1.0, GZIP;q=0.8', true],
  ['*', true],
  ['gzip ; q=0', false],
  ['*, gzip;q=0', false],
  ['gzip;q=none', false],
  ['identity', false],
  ['', false],
  [undefined, false],
])('who accepts %o takes gzip: %o', (header, accepted) => {
  expect(acceptsGzip(header)).toBe(accepted)
})

test('a body comes back as it was', async () => {
  const body = Buffer.from('监控 '.repeat(1000))
  expect(gunzipSync(await gzipBody(body))).toEqual(body)
})

test('whoever has the header reads any parts, wherever it began', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text))
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 8 }), fc.nat(8), async (texts, begin) => {
      const parts = await Promise.all(
        texts.map((text, index) => (index % 2 === 0 ? gzipPart(text) : gzipPartSync(text))),
      )
      const read = unzipOpen(Buffer.concat([gzipHeader, ...parts.slice(begin)]))
      expect(read).toEqual(Buffer.concat(texts.slice(begin)))
    }),
  )
})
