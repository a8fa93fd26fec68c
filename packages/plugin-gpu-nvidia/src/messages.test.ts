import { messageProblems, unusedMessages } from '@mon/core/testing'
import { describe, expect, it } from 'vitest'
import { gpuMessages } from './messages.js'

describe('The messages of the widgets', () => {
  it('are the same in both languages', () => {
    expect(messageProblems(gpuMessages)).toEqual([])
  })

  it('are all used', async () => {
    const keys = Object.keys(gpuMessages.en).map((key) => `gpu-nvidia.${key}`)
    expect(await unusedMessages(keys, new URL('./browser/', import.meta.url))).toEqual([])
  })
})
