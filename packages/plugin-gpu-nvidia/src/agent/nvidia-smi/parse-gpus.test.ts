import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsFor } from './fields.js'
import { parseGpus } from './parse-gpus.js'
import { parseList } from './parse-list.js'
import { parseProcesses } from './parse-processes.js'

const recorded = (name: string) =>
  readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
const columns = columnsFor(recorded('help-query-gpu-h100-590.48.01.txt'))
const few = columnsFor('')
const good = '0, GPU-aaaaaaaa, 00000000:01:00.0, 7, 16376, 1474, 46, NVIDIA A40\n'

describe('the help of nvidia-smi', () => {
  it('says what may be asked for, the name last', () => {
    const queries = columns.map(({ query }) => query)
    expect(queries).toHaveLength(25)
    expect(queries).toContain('clocks_event_reasons.active')
    expect(queries.at(-1)).toBe('name')
  })

  it('of an older driver gives the names of then', () => {
    const older = columnsFor(
      '"index"\n\n"clocks_throttle_reasons.active"\n\n"name" or "gpu_name"\n',
    )
    expect(older.map(({ query }) => query)).toEqual([
      'index',
      'clocks_throttle_reasons.active',
      'name',
    ])
  })

  it('that cannot be read leaves the fields that every driver knows', () => {
    expect(few.map(({ query }) => query)).toEqual([
      'index',
      'uuid',
      'pci.bus_id',
      'utilization.gpu',
      'memory.total',
      'memory.used',
      'temperature.gpu',
      'name',
    ])
  })
})

describe('a recorded answer', () => {
  it('of a loaded H100 is read whole', () => {
    const { cards, rest } = parseGpus(recorded('query-gpu-load-h100-590.48.01.csv'), columns)
    expect(rest).toEqual([])
    expect(cards).toEqual([
      {
        index: 0,
        name: 'NVIDIA H100 80GB HBM3',
        util_pct: 100,
        mem_used_mb: 19818,
        mem_total_mb: 81559,
        temperature_c: 59,
        uuid: 'GPU-00000000-0000-0000-0000-000000000000',
        bus_id: '0000:00:09.0',
        vendor: 'nvidia',
        state: 'ok',
        errors: [],
        mem_reserved_mb: 479,
        memory_kind: 'dedicated',
        power_w: 631.95,
        power_limit_w: 700,
        fan_pct: null,
        clocks_mhz: { graphics: 1980, sm: 1980, memory: 2619 },
        throttle: [],
        ecc: { corrected: 0, uncorrected: 0, corrected_total: 0, uncorrected_total: 0 },
        pcie: { gen: 5, width: 16, gen_max: 5, width_max: 16 },
        mig: null,
      },
    ])
  })

  it('of a GeForce has a fan and no ECC', () => {
    const { cards } = parseGpus(recorded('query-gpu-idle-rtx-4080-super-595.71.05.csv'), columns)
    expect(cards).toMatchObject([{ fan_pct: 0, ecc: null, mem_used_mb: 596, power_w: 26.2 }])
  })
})

describe('a failing answer', () => {
  it('loses only the card that cannot be opened, and the row that says nothing', () => {
    const output = [
      good.trim(),
      'Unable to determine the device handle for GPU0000:02:00.0: Unknown Error',
      Array(8).fill('[Unknown Error]').join(', '),
      '3, GPU-bbbbbbbb, 00000000:04:00.0, 0, 16376, 1, 40, NVIDIA A40',
      '',
    ].join('\n')
    const { cards, unopened, rest } = parseGpus(output, few)
    expect(cards.map(({ index }) => index)).toEqual([0, 3])
    expect(unopened).toEqual(['0000:02:00.0'])
    expect(rest).toHaveLength(1)
  })

  it('in the words of driver 610 names the card, too', () => {
    const line = 'Unable to determine the device handle for GPU1: 0000:34:00.0: Unknown Error\n'
    expect(parseGpus(line, few).unopened).toEqual(['0000:34:00.0'])
  })

  it('keeps the row of a card that was lost while the driver is open', () => {
    const lost =
      '0, GPU-aaaaaaaa, 00000000:01:00.0, [GPU is lost], 16376, [GPU is lost], [GPU is lost], X\n'
    expect(parseGpus(lost, few).cards).toMatchObject([
      { state: 'lost', util_pct: null, mem_used_mb: null, errors: [{ code: 'lost' }] },
    ])
  })

  it('does not take the 0 MiB of a card that needs a reset for free memory', () => {
    const row =
      '0, GPU-aaaaaaaa, 00000000:01:00.0, [GPU requires reset], 16376 MiB, 0 MiB, [GPU requires reset], X\n'
    expect(parseGpus(row, few).cards).toMatchObject([
      {
        state: 'error',
        mem_used_mb: null,
        mem_total_mb: 16376,
        errors: [{ code: 'reset_required' }],
      },
    ])
  })

  it('that says [N/A] everywhere is a card of which nothing is known', () => {
    const row = '0, GPU-aaaaaaaa, [N/A], [N/A], N/A, [Not Supported], [N/A], [N/A]\n'
    expect(parseGpus(row, few).cards).toMatchObject([
      { state: 'ok', name: null, util_pct: null, mem_used_mb: null, mem_total_mb: null },
    ])
  })

  it('cut in the middle of a row has only the rows before it', () => {
    for (let length = 0; length < good.length; length += 1) {
      const { cards } = parseGpus(good + good.slice(0, length), few)
      expect(cards).toHaveLength(1)
    }
  })
})

describe('the parsers', () => {
  it('keep a name with commas whole', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][\w ,]{0,20}[A-Za-z]$/), (name) => {
        fc.pre(!/^(N\/A|ERR)/.test(name))
        const row = `0, GPU-aaaaaaaa, 00000000:01:00.0, 7, 16376, 1474, 46, ${name}\n`
        expect(parseGpus(row, few).cards).toMatchObject([{ name, temperature_c: 46 }])
      }),
    )
  })

  it('read back whatever numbers a card has', () => {
    const value = fc.option(fc.nat(100_000))
    fc.assert(
      fc.property(value, value, fc.nat(19), (util, used, index) => {
        const cell = (number: number | null) => number ?? '[N/A]'
        const row = `${index}, GPU-aaaaaaaa, [N/A], ${cell(util)}, 99, ${cell(used)}, 1, X\n`
        expect(parseGpus(row, few).cards).toMatchObject([
          { index, util_pct: util, mem_used_mb: used, state: 'ok' },
        ])
      }),
    )
  })

  it('never fail, and never make a number of what is none', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('[N/A]', 'ERR!', '[GPU is lost]', '0x4', '1e9', '-1', '7 %'),
    )
    const text = fc
      .array(fc.array(cell, { maxLength: 30 }).map((row) => row.join(',')))
      .map((rows) => rows.join('\n'))
    fc.assert(
      fc.property(text, (output) => {
        for (const { util_pct, mem_used_mb } of parseGpus(output, few).cards) {
          for (const value of [util_pct, mem_used_mb]) {
            expect(value === null || Number.isFinite(value)).toBe(true)
          }
        }
        parseProcesses(output)
        parseList(output)
        columnsFor(output)
      }),
    )
  })
})

describe('the processes', () => {
  it('of a loaded H100 come with their memory', () => {
    const processes = parseProcesses(recorded('query-compute-apps-load-h100-590.48.01.csv'))
    expect([...processes.values()]).toEqual([
      [
        { pid: 11327, mem_used_mb: 2566 },
        { pid: 11328, mem_used_mb: 1542 },
        { pid: 11345, mem_used_mb: 15690 },
      ],
    ])
  })

  it('may use an unknown amount of memory', () => {
    expect(parseProcesses('GPU-aaaaaaaa, 42, [N/A]\n').get('GPU-aaaaaaaa')).toEqual([
      { pid: 42, mem_used_mb: null },
    ])
  })
})

it('MIG instances are listed below their card', () => {
  const list = parseList(
    [
      'GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)',
      '  MIG 1g.5gb      Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)',
      '  MIG 3g.20gb     Device  1: (UUID: MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb)',
      'GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-bbbbbbbb-d33d-2b2c-524d-9e3d8d2b8a77)',
      '',
    ].join('\n'),
  )
  expect([...list.values()].map((instances) => instances.map(({ name }) => name))).toEqual([
    ['1g.5gb', '3g.20gb'],
    [],
  ])
})
