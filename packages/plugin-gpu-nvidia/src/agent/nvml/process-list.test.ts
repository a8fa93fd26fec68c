import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeProcesses, expectedSize, mergeProcesses, type ProcessSize } from './process-list.js'

const UNKNOWN = 0xffff_ffff_ffff_ffffn

const listed = fc.uniqueArray(
  fc.record({
    pid: fc.integer({ min: 1, max: 4_194_304 }),
    mem_used_mb: fc.option(fc.integer({ min: 1, max: 200_000 })),
  }),
  { selector: ({ pid }) => pid, minLength: 1, maxLength: 12 },
)

/** As the driver fills it, in a buffer with room for the largest structures, zeroed before. */
function encode(
  processes: readonly { pid: number; mem_used_mb: number | null }[],
  size: ProcessSize,
): Buffer {
  const buffer = Buffer.alloc(processes.length * 32)
  processes.forEach(({ pid, mem_used_mb }, place) => {
    buffer.writeUInt32LE(pid, place * size)
    buffer.writeBigUInt64LE(
      mem_used_mb === null ? UNKNOWN : BigInt(mem_used_mb) << 20n,
      place * size + 8,
    )
    if (size > 16) buffer.writeBigUInt64LE(UNKNOWN, place * size + 16)
  })
  return buffer
}

describe('a list of processes', () => {
  const size = fc.constantFrom<ProcessSize[]>(16, 24, 32)

  it('is read back in whichever layout it was written, where pids can be looked up', () => {
    fc.assert(
      fc.property(listed, size, size, (processes, written, expected) => {
        const alive = new Set(processes.map(({ pid }) => pid))
        const buffer = encode(processes, written)
        const read = decodeProcesses(buffer, processes.length, expected, (pid) => alive.has(pid))
        expect(read).toEqual(processes)
      }),
    )
  })

  it('is read in the expected layout where they cannot', () => {
    fc.assert(
      fc.property(listed, size, (processes, written) => {
        const read = decodeProcesses(
          encode(processes, written),
          processes.length,
          written,
          () => true,
        )
        expect(read).toEqual(processes)
      }),
    )
  })

  it('that is shorter than it says ends where it ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), size, (bytes, count, expected) => {
        const read = decodeProcesses(Buffer.from(bytes), count, expected, () => false)
        expect(read.length).toBeLessThanOrEqual(count)
      }),
    )
  })

  it('of computing and one of drawing name a process once, with the most that is known', () => {
    expect(
      mergeProcesses(
        [{ pid: 1, mem_used_mb: null }],
        [
          { pid: 1, mem_used_mb: 25 },
          { pid: 2, mem_used_mb: null },
        ],
      ),
    ).toEqual([
      { pid: 1, mem_used_mb: 25 },
      { pid: 2, mem_used_mb: null },
    ])
  })
})

it('an early R535 is known by two functions', () => {
  const has = (confComputeMemSizeInfo: boolean, runningProcessDetailList: boolean) =>
    expectedSize({ confComputeMemSizeInfo, runningProcessDetailList })
  expect([has(false, false), has(true, false), has(true, true)]).toEqual([24, 32, 24])
})
