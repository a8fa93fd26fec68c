import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortRows, type TableColumn } from './table-column.js'

interface Row {
  name: string
  gpus: number | null
}

const columns: TableColumn<Row>[] = [
  { key: 'name', label: 'Name', value: ({ name }) => name },
  { key: 'gpus', label: 'GPUs', value: ({ gpus }) => gpus },
  { key: 'actions', label: 'Actions' },
]
const collator = new Intl.Collator('en', { numeric: true })
const names = (rows: readonly Row[]) => rows.map(({ name }) => name)
const rows: Row[] = [
  { name: 'gpu-10', gpus: 8 },
  { name: 'gpu-9', gpus: null },
  { name: 'gpu-1', gpus: 16 },
]
const sorted = (key: string, descending = false) =>
  names(sortRows(rows, columns, { key, descending }, collator))

describe('The rows of a table', () => {
  it('sort by name as people count', () => {
    expect(sorted('name')).toEqual(['gpu-1', 'gpu-9', 'gpu-10'])
    expect(sorted('name', true)).toEqual(['gpu-10', 'gpu-9', 'gpu-1'])
  })

  it('have what is unknown last, whichever way they are sorted', () => {
    expect(sorted('gpus')).toEqual(['gpu-10', 'gpu-1', 'gpu-9'])
    expect(sorted('gpus', true)).toEqual(['gpu-1', 'gpu-10', 'gpu-9'])
  })

  it('stay as they are where a column has no order', () => {
    expect(sorted('actions')).toEqual(names(rows))
    expect(sorted('no such column')).toEqual(names(rows))
  })

  it('are all there after sorting, and equal ones keep their order', () => {
    const row = fc.record({ name: fc.string(), gpus: fc.option(fc.integer({ min: 0, max: 3 })) })
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (all, descending) => {
        const result = sortRows(all, columns, { key: 'gpus', descending }, collator)
        expect(new Set(result)).toEqual(new Set(all))
        for (const count of [null, 0, 1, 2, 3]) {
          const equal = (list: readonly Row[]) => list.filter(({ gpus }) => gpus === count)
          expect(equal(result)).toEqual(equal(all))
        }
      }),
    )
  })
})
