import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { declaredFamily } from '../src/metrics/declared-family.js'
import { Metric } from '../src/metrics/metric.js'
import { ownFamilies } from '../src/metrics/own-families.js'

const page = readFileSync(new URL('../../../docs/reference/metrics.md', import.meta.url), 'utf8')

describe('The metrics reference', () => {
  it('describes every series of core and no other', () => {
    const described = [...page.matchAll(/^\| `((?:mon|process)_[a-z_]+)` \|/gm)]
    expect(described.map(([, name]) => name).sort()).toEqual(Object.keys(ownFamilies).sort())
  })

  it('shows for every unit what becomes of a metric', () => {
    const rows = [...page.matchAll(/^\| `([a-z_]+)` \|.*\| `([a-z_]+)` → `(mon_[a-z_]+)`/gm)]
    const units = Metric.properties.unit.anyOf.map((unit) => unit.const)
    expect(rows.map(([, unit]) => unit)).toEqual(units)
    for (const unit of units) {
      const [, , name = '', series] = rows.find((row) => row[1] === unit) ?? []
      const metric = { name, unit, label: { en: '', 'zh-CN': '' }, hourly: [] }
      expect(declaredFamily(metric).name).toBe(series)
    }
  })
})
