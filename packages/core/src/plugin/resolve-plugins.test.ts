import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolvePlugins } from './resolve-plugins.js'

const plugin = (id: string, ...dependsOn: string[]) => ({
  id,
  version: '1.0.0',
  api: '^1.0.0',
  dependsOn,
})

describe('resolvePlugins', () => {
  it('puts every plugin after those it depends on, and keeps the given order otherwise', () => {
    const { plugins, problems } = resolvePlugins([plugin('c', 'a'), plugin('b'), plugin('a')])
    expect(problems).toEqual([])
    expect(plugins.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  })

  it('orders any acyclic set of plugins by dependency', () => {
    const acyclic = fc
      .array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 20 })
      .map((rows) =>
        rows.map((needs, index) =>
          plugin(`p${index}`, ...new Set(needs.filter((n) => n < index).map((n) => `p${n}`))),
        ),
      )
    const shuffled = acyclic.chain((rows) =>
      fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
    )
    fc.assert(
      fc.property(shuffled, (given) => {
        const { plugins, problems } = resolvePlugins(given)
        expect(problems).toEqual([])
        expect(plugins).toHaveLength(given.length)
        const place = new Map(plugins.map(({ id }, index) => [id, index]))
        for (const { id, dependsOn } of plugins) {
          for (const needed of dependsOn) {
            expect(place.get(needed)).toBeLessThan(place.get(id) ?? -1)
          }
        }
      }),
    )
  })

  it('prints a circle of dependencies', () => {
    const { problems } = resolvePlugins([plugin('a', 'b'), plugin('b', 'c'), plugin('c', 'a')])
    expect(problems.map(({ code }) => code)).toEqual(['PLUGIN_DEPENDENCY_CYCLE'])
    expect(problems[0]?.message).toContain('a → b → c → a')
  })

  it('refuses an id that cannot stand in an address, and that of core', () => {
    const { problems } = resolvePlugins([plugin('a/../b'), plugin('Fans'), plugin('core')])
    expect(problems.map(({ code }) => code)).toEqual([
      'PLUGIN_INVALID',
      'PLUGIN_INVALID',
      'PLUGIN_INVALID',
    ])
  })

  it('names every duplicate, missing dependency and API range at once', () => {
    const { problems } = resolvePlugins([
      plugin('a'),
      plugin('a'),
      plugin('b', 'z'),
      { ...plugin('c'), api: '^2.0.0' },
    ])
    expect(problems.map(({ code }) => code)).toEqual([
      'PLUGIN_DUPLICATE',
      'PLUGIN_API_MISMATCH',
      'PLUGIN_DEPENDENCY_MISSING',
    ])
    expect(problems[1]?.message).toContain('needs plugin API ^2.0.0, but this core has 1.')
  })
})
