import { expect, it } from 'vitest'
import { filterOptions } from './filter-options.js'

const options = [
  { value: '1', label: 'h100-train-01', note: '8 × H100' },
  { value: '2', label: 'A100-infer-01', note: '8 × A100' },
  { value: '3', label: '存储-01' },
]
const found = (text: string) => filterOptions(options, text).map(({ value }) => value)

it('Options are found by parts of their label and note, in any case', () => {
  expect(found('INFER')).toEqual(['2'])
  expect(found('存储')).toEqual(['3'])
  expect(found('× h100')).toEqual(['1'])
})

it('Options need all words of the text, in any order', () => {
  expect(found('01 train')).toEqual(['1'])
  expect(found('train infer')).toEqual([])
})

it('All options are there as long as there is no text', () => {
  expect(found('  ')).toEqual(['1', '2', '3'])
})
