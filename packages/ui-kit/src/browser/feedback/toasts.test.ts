import { expect, it } from 'vitest'
import { createToasts } from './toasts.js'

it('Of more than three notices the oldest success leaves first, and errors stay', () => {
  const toasts = createToasts()
  const show = (kind: 'success' | 'error', message: string) => toasts.show({ kind, message })
  const messages = () => toasts.list.map(({ message }) => message)
  show('error', 'e1')
  show('success', 's1')
  show('success', 's2')
  show('error', 'e2')
  expect(messages()).toEqual(['e1', 's2', 'e2'])
  show('error', 'e3')
  show('error', 'e4')
  expect(messages()).toEqual(['e2', 'e3', 'e4'])
})

it('A notice can be dismissed, once', () => {
  const toasts = createToasts()
  let changes = 0
  toasts.onChange(() => {
    changes += 1
  })
  const dismiss = toasts.show({ kind: 'success', message: 'Saved' })
  dismiss()
  dismiss()
  expect([toasts.list, changes]).toEqual([[], 2])
})
