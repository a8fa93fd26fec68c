import { describe, expect, it } from 'vitest'
import { processesOf } from './server-processes.js'

const process = (pid: number, mem_used_mb: number | null) => ({
  pid,
  user: 'ada',
  command: 'python3',
  mem_used_mb,
  container: null,
})

describe('The processes of a server', () => {
  it('are listed once each, with all their cards and the memory of these together', () => {
    const gpus = [
      { index: 0, processes: [process(1, 1000), process(2, null)] },
      { index: 1, processes: [process(1, 500)] },
      { index: 2, processes: [process(2, null)] },
      { index: 3, processes: null },
    ]
    expect(processesOf(gpus)).toEqual([
      { ...process(1, 1500), gpus: [0, 1] },
      { ...process(2, null), gpus: [0, 2] },
    ])
  })
})
