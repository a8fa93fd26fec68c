import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCatalogue, MonError } from '../src/errors.js'

const page = new URL('../../../docs/reference/errors.md', import.meta.url)
const sections = new Map(
  readFileSync(page, 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [code = '', ...text] = section.split('\n')
      return [code, text.join('\n')]
    }),
)

describe('The error reference', () => {
  it('describes every code of the catalogue and no other', () => {
    expect([...sections.keys()].sort()).toEqual(Object.keys(errorCatalogue).sort())
  })

  it.each(Object.entries(errorCatalogue))(
    'says what %s is, where it comes from and what to do',
    (code, entry) => {
      const text = sections.get(code) ?? ''
      expect(text).toContain(`${entry.title} (${entry.status}).`)
      expect(text).toContain('- **Cause:** ')
      expect(text).toContain('- **What to do:** ')
    },
  )
})

describe('A MonError', () => {
  it('has the status of its code, and keeps its hint and its cause', () => {
    const cause = new Error('ECONNREFUSED')
    const error = new MonError('AGENT_UNREACHABLE', 'gpu-01 refused the connection.', {
      hint: 'Start the agent.',
      cause,
    })
    expect(error).toMatchObject({
      status: 502,
      code: 'AGENT_UNREACHABLE',
      hint: 'Start the agent.',
    })
    expect(error.cause).toBe(cause)
  })
})
