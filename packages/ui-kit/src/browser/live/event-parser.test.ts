import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventParser, type StreamEvent } from './event-parser.js'

function parse(...chunks: string[]): StreamEvent[] {
  const events: StreamEvent[] = []
  const push = createEventParser((event) => events.push(event))
  for (const chunk of chunks) push(chunk)
  return events
}

describe('The event stream', () => {
  it('gives events by type, and nothing for comments and ids', () => {
    const text = ': hello\n\nid: b-1\nevent: fleet\ndata: []\n\n: alive\n\ndata: plain\n\n'
    expect(parse(text)).toEqual([
      { type: 'fleet', data: '[]' },
      { type: 'message', data: 'plain' },
    ])
  })

  it('joins the lines of an event', () => {
    expect(parse('data: a\ndata:b\n\n')).toEqual([{ type: 'message', data: 'a\nb' }])
  })

  it('drops an event that was cut off', () => {
    expect(parse('event: delta\ndata: {}\n')).toEqual([])
  })

  it('is the same wherever the network cuts it, with any line ending', () => {
    const event = fc.record({
      type: fc.stringMatching(/^[a-z]{1,8}$/),
      lines: fc.array(fc.stringMatching(/^[ -~]{0,12}$/), { minLength: 1, maxLength: 3 }),
    })
    const property = fc.property(
      fc.array(event, { maxLength: 4 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(200)),
      (events, end, cuts) => {
        const text = events
          .map(({ type, lines }) =>
            [`event: ${type}`, ...lines.map((line) => `data: ${line}`), '', ''].join(end),
          )
          .join('')
        // A closing \r could yet become \r\n: only what follows decides.
        const parsed = parse(...cutAt(text, cuts), ': end')
        expect(parsed).toEqual(events.map(({ type, lines }) => ({ type, data: lines.join('\n') })))
      },
    )
    fc.assert(property)
  })
})

function cutAt(text: string, cuts: number[]): string[] {
  const places = [...new Set(cuts.filter((cut) => cut < text.length))].sort((a, b) => a - b)
  return [...places, text.length].map((end, index) => text.slice(places[index - 1] ?? 0, end))
}
