import { messageProblems, unusedMessages } from '@mon/core/testing'
import { expect, it } from 'vitest'
import { historyMessages } from './messages.js'

/** Named by the function of a column, or by the kind of a card's figure. */
const built = ['avg', 'max', 'min', 'last', 'util', 'memory', 'temperature', 'power']

it('The messages are whole in both languages, and none is left over', async () => {
  expect(messageProblems(historyMessages)).toEqual([])
  const keys = Object.keys(historyMessages.en).filter((key) => !built.includes(key))
  const used = keys.map((key) => `history.${key}`)
  expect(await unusedMessages(used, new URL('./browser/', import.meta.url))).toEqual([])
})
