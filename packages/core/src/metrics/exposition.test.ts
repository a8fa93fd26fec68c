import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFamily, formatLabels, type Sample } from './exposition.js'
import { createHistogram } from './histogram.js'
import { readExposition } from './read-exposition.js'

const textOf = (...args: Parameters<typeof formatFamily>) => [...formatFamily(...args)].join('')

const up = { type: 'gauge', help: 'Answers' } as const

describe('a family', () => {
  it('is its help, its type and its samples', () => {
    const labels = formatLabels({ server: 'gpu-01', server_id: 1 })
    expect(textOf('mon_server_up', up, [{ labels, value: 1 }])).toBe(
      '# HELP mon_server_up Answers\n' +
        '# TYPE mon_server_up gauge\n' +
        'mon_server_up{server="gpu-01",server_id="1"} 1\n',
    )
  })

  it('leaves out what is not known, and itself where nothing is', () => {
    const unknown = [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]
    const samples = unknown.map((value) => ({ labels: '', value }))
    expect(textOf('mon_server_up', up, samples)).toBe('')
    expect(textOf('mon_server_up', up, [...samples, { labels: '', value: 0 }])).toContain(
      '\nmon_server_up 0\n',
    )
  })

  it('comes in pieces, so that other work gets its turn', () => {
    const labels = formatLabels({ server: 'x'.repeat(1000) })
    const samples = Array.from({ length: 1000 }, (_, value) => ({ labels, value }))
    const pieces = [...formatFamily('mon_server_up', up, samples)]
    expect(pieces.length).toBeGreaterThan(10)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000)
    expect(readExposition(pieces.join(''))[0]?.samples).toHaveLength(1000)
  })

  it('reads back as it was written, whatever is in its help, labels and values', () => {
    const text = fc.string({ unit: 'binary' })
    const label = fc.stringMatching(/^[a-z_][a-z0-9_]{0,9}$/)
    const value = fc.double({ noNaN: true, noDefaultInfinity: true })
    const sample = fc.record({ labels: fc.dictionary(label, text), value })
    fc.assert(
      fc.property(text, fc.array(sample, { minLength: 1 }), (help, samples) => {
        const written = textOf(
          'mon_x',
          { type: 'gauge', help },
          samples.map(({ labels, value }): Sample => ({ labels: formatLabels(labels), value })),
        )
        expect(readExposition(written)).toEqual([
          {
            name: 'mon_x',
            type: 'gauge',
            help: help.toWellFormed(),
            samples: samples.map(({ labels, value }) => ({
              name: 'mon_x',
              labels: Object.fromEntries(
                Object.entries(labels).map(([key, text]) => [key, text.toWellFormed()]),
              ),
              // The format has no negative zero that anybody would miss.
              value: value === 0 ? 0 : value,
            })),
          },
        ])
      }),
    )
  })
})

describe('a histogram', () => {
  it('counts in each bucket all that is at most its bound', () => {
    const histogram = createHistogram([0.1, 1])
    for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe(value)
    const text = textOf('mon_d', { type: 'histogram', help: '' }, histogram.samples())
    expect(readExposition(text)[0]?.samples).toEqual([
      { name: 'mon_d_bucket', labels: { le: '0.1' }, value: 2 },
      { name: 'mon_d_bucket', labels: { le: '1' }, value: 3 },
      { name: 'mon_d_bucket', labels: { le: '+Inf' }, value: 4 },
      { name: 'mon_d_sum', labels: {}, value: 7.65 },
      { name: 'mon_d_count', labels: {}, value: 4 },
    ])
  })
})
