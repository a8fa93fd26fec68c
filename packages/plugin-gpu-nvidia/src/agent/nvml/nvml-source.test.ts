import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Card, GpuSource, Sweep } from '../card.js'
import { createExclusion } from '../exclusion.js'
import { createPowerState } from '../power-state.js'
import { type LaunchChild, launchChild } from './launch-child.js'
import { createNvmlSource } from './nvml-source.js'
import { compileFakeDriver, type FakeDriver } from './testdata/fake-driver.js'

const MINUTE = 60_000

let driver: FakeDriver
let older: FakeDriver
let r535: FakeDriver
let clock = 0
let launched = 0
const sources: GpuSource[] = []

beforeAll(() => {
  driver = compileFakeDriver()
  older = compileFakeDriver('-DWITHOUT_NEW')
  r535 = compileFakeDriver('-DR535')
})
afterAll(() => {
  for (const each of [driver, older, r535]) each.remove()
})

beforeEach(() => {
  clock = 0
  launched = 0
  use(driver)
})
afterEach(() => {
  for (const source of sources.splice(0)) source.stop()
  vi.unstubAllEnvs()
})

function use({ env }: FakeDriver): void {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
}

const counting: LaunchChild = (skip) => {
  launched += 1
  return launchChild(skip)
}

interface Settings {
  root?: string
  leave_alone?: string[]
  launch?: LaunchChild
  open_ms?: number
}

function start({
  root = '/nowhere',
  leave_alone = [],
  launch = counting,
  open_ms = 20_000,
}: Settings = {}) {
  const source = createNvmlSource({
    launch,
    power: createPowerState(root),
    describe: (process) => ({ ...process, user: 'ada', command: null, container: null }),
    pids_known: true,
    exclusion: createExclusion(leave_alone),
    slow_interval_ms: 10_000,
    now: () => clock,
    deadlines: { open_ms, sweep_ms: 1_000 },
  })
  sources.push(source)
  return source
}

const states = ({ cards }: Sweep) =>
  Object.fromEntries(
    [...cards].sort((a, b) => a.index - b.index).map(({ index, state }) => [index, state]),
  )
const codes = ({ cards }: Sweep) =>
  cards.flatMap(({ index, errors = [] }) => (errors ?? []).map(({ code }) => `${index} ${code}`))
const onlyCard = ({ cards: [card] }: Sweep): Card => {
  if (card === undefined) throw new Error('no card')
  return card
}

describe("the driver's library", () => {
  it('gives all of a card', async () => {
    driver.play('count 1', 'processes 24 2')
    expect(onlyCard(await start().sample())).toEqual({
      index: 0,
      uuid: 'GPU-00000000-0000-0000-0000-000000000000',
      bus_id: '0000:10:00.0',
      name: 'NVIDIA Fake 80GB',
      vendor: 'nvidia',
      state: 'ok',
      errors: [],
      util_pct: 0,
      mem_used_mb: 1080,
      mem_total_mb: 81559,
      mem_reserved_mb: 479,
      memory_kind: 'dedicated',
      temperature_c: 40,
      power_w: 69.85,
      power_limit_w: 700,
      fan_pct: null,
      clocks_mhz: { graphics: 1000, sm: 1001, memory: 1002 },
      throttle: ['power_cap', 'hw_thermal'],
      ecc: { corrected: 0, uncorrected: 2, corrected_total: 1, uncorrected_total: 3 },
      pcie: { gen: 5, width: 16, gen_max: 5, width_max: 16 },
      mig: null,
      processes: [
        { pid: expect.any(Number), mem_used_mb: 512, user: 'ada', command: null, container: null },
        { pid: process.pid, mem_used_mb: null, user: 'ada', command: null, container: null },
      ],
    })
  })

  it.each([0, 1, 8, 16, 20])('lists %i cards', async (count) => {
    driver.play(`count ${count}`)
    const source = start()
    const { cards, complete } = await source.sample()
    expect(cards.map(({ index }) => index)).toEqual([...Array(count).keys()])
    expect(complete).toBe(true)
  })

  it('is asked by one process, again and again, and for slow fields at their own pace', async () => {
    driver.play('count 2')
    const source = start()
    expect(onlyCard(await source.sample())).toHaveProperty('processes')
    clock = 5_000
    expect(onlyCard(await source.sample())).not.toHaveProperty('processes')
    clock = 10_000
    expect(onlyCard(await source.sample())).toHaveProperty('processes')
    expect(launched).toBe(1)
  })

  it('of an older driver lacks functions, and gives what it has', async () => {
    use(older)
    older.play('count 1', 'processes 24 1')
    expect(onlyCard(await start().sample())).toMatchObject({
      state: 'ok',
      mem_used_mb: 1559,
      mem_reserved_mb: null,
      throttle: ['power_cap'],
      mig: null,
      processes: [{ mem_used_mb: 512 }],
    })
  })

  it('under WSL answers the older question for memory only', async () => {
    driver.play('count 1', 'v1')
    expect(onlyCard(await start().sample())).toMatchObject({
      mem_used_mb: 1559,
      mem_total_mb: 81559,
    })
  })

  it('of a card that shares the memory of the machine says so, and not 0', async () => {
    driver.play('count 1', 'unified')
    expect(onlyCard(await start().sample())).toMatchObject({
      memory_kind: 'unified',
      mem_used_mb: null,
      mem_total_mb: null,
      state: 'ok',
    })
  })

  it('lists MIG instances past the holes in their numbers', async () => {
    driver.play('count 2', 'mig 1')
    const { cards } = await start().sample()
    expect(cards[0]).toMatchObject({ mig: null, util_pct: 0 })
    expect(cards[1]).toMatchObject({
      util_pct: null,
      state: 'ok',
      mig: [
        { name: '1g.10gb', uuid: expect.stringMatching(/^MIG-00000001/), gpu_instance_id: 7 },
        { name: '1g.10gb', uuid: expect.stringMatching(/^MIG-00000004/), mem_total_mb: 81559 },
      ],
    })
  })

  it('may print what it likes', async () => {
    driver.play('count 2', 'noisy')
    expect(states(await start().sample())).toEqual({ 0: 'ok', 1: 'ok' })
  })

  it('keeps a name with commas whole', async () => {
    driver.play('count 1', 'name 0 NVIDIA A40, "rev 2", 48GB')
    expect(onlyCard(await start().sample()).name).toBe('NVIDIA A40, "rev 2", 48GB')
  })

  it('finds more processes than there was room for', async () => {
    driver.play('count 1', 'processes 24 150')
    // They are those of the child and of this process, told apart by pid.
    expect(onlyCard(await start().sample()).processes).toHaveLength(2)
  })

  it.each([
    ['an early R535 fills 32 bytes', () => r535, 32],
    ['one driver fills 16 bytes', () => driver, 16],
    ['a driver that only looks like an early R535 fills 24 bytes', () => r535, 24],
  ])('%s for a process', async (_, which, size) => {
    use(which())
    which().play('count 1', `processes ${size} 3`)
    expect(onlyCard(await start().sample()).processes).toMatchObject([
      { mem_used_mb: 512 },
      { pid: process.pid, mem_used_mb: null },
    ])
  })
})

describe('a card in trouble', () => {
  it('that is lost when it is opened does not cost the others', async () => {
    driver.play('count 4', 'card 2 open-lost')
    const sweep = await start().sample()
    expect(states(sweep)).toEqual({ 0: 'ok', 1: 'ok', 2: 'lost', 3: 'ok' })
    expect(codes(sweep)).toEqual(['2 lost'])
  })

  it('that is lost later is known by its uuid, and comes back with a library that starts anew', async () => {
    driver.play('count 3')
    const source = start()
    await source.sample()
    driver.play('count 3', 'card 1 lost')
    const { cards } = await source.sample()
    expect(cards[1]).toMatchObject({
      state: 'lost',
      uuid: 'GPU-00000001-0000-0000-0000-000000000000',
      util_pct: null,
      errors: [{ code: 'lost' }],
    })
    driver.play('count 3')
    clock = MINUTE
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'ok', 2: 'ok' })
    expect(launched).toBe(2)
  })

  it('that needs a reset says so', async () => {
    driver.play('count 2', 'card 0 reset')
    expect(codes(await start().sample())).toEqual(['0 reset_required'])
  })

  it('that hangs for ever is a timeout; the others stay live', async () => {
    driver.play('count 8')
    const source = start()
    await source.sample()
    driver.play('count 8', 'card 3 hang')

    const hung = await source.sample()
    expect(states(hung)).toEqual({ 0: 'ok', 1: 'ok', 2: 'ok', 3: 'error' })
    expect(codes(hung)).toEqual(['3 timeout'])
    expect(hung.complete).toBe(false)

    const after = await source.sample()
    expect(codes(after)).toEqual(['3 timeout'])
    expect(after.complete).toBe(true)
    expect(after.cards.filter(({ state }) => state === 'ok')).toHaveLength(7)
    expect(launched).toBe(2)
  })

  it('that hung is tried again after 1, 5 and 15 minutes, after all others', async () => {
    driver.play('count 3', 'card 0 hang')
    const source = start()
    await source.sample()
    for (const minutes of [1, 5, 15, 15]) {
      clock += minutes * MINUTE - 1
      expect((await source.sample()).complete).toBe(true)
      clock += 1
      const retried = await source.sample()
      expect(states(retried)).toEqual({ 0: 'error', 1: 'ok', 2: 'ok' })
      expect(retried.complete).toBe(false)
    }
    driver.play('count 3')
    clock += 15 * MINUTE
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'ok', 2: 'ok' })
  })

  it('that hangs when it is opened is passed over', async () => {
    driver.play('count 3', 'card 1 open-hang')
    const sweep = await start({ open_ms: 1_500 }).sample()
    expect(states(sweep)).toEqual({ 0: 'ok', 1: 'error', 2: 'ok' })
    expect(codes(sweep)).toEqual(['1 timeout'])
  })

  it('that hung when it was opened is well again once it can be read', async () => {
    driver.play('count 2', 'card 1 open-hang')
    const source = start({ open_ms: 1_500 })
    await source.sample()
    driver.play('count 2')
    clock = MINUTE
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'ok' })
  })

  it('at which the library aborts is left alone; the agent lives', async () => {
    driver.play('count 3', 'card 1 abort')
    const source = start()
    expect(codes(await source.sample())).toEqual(['1 crashed'])
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'error', 2: 'ok' })
  })

  it('that the operator wants left alone is neither read nor shown', async () => {
    driver.play('count 4', 'card 1 hang', 'card 2 open-hang')
    const source = start({ leave_alone: ['00000000:11:00.0', '2'] })
    expect(states(await source.sample())).toEqual({ 0: 'ok', 3: 'ok' })
  })

  it('does not hold the event loop while it hangs', async () => {
    driver.play('count 2', 'card 1 hang')
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 10)
    await start().sample()
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
  })
})

describe('a driver', () => {
  it.each([
    ['init 9', 'the NVIDIA driver is not loaded'],
    ['init 18', 'differ in version'],
  ])('that fails with %s says why, and is tried again later', async (line, words) => {
    driver.play('count 2', line)
    const source = start()
    await expect(source.sample()).rejects.toThrow(words)
    clock = 4_999
    await expect(source.sample()).rejects.toThrow(words)
    expect(launched).toBe(1)
    driver.play('count 2')
    clock = 5_000
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'ok' })
  })

  it('that is unloaded in between fails as a whole, and recovers', async () => {
    driver.play('count 2')
    const source = start()
    await source.sample()
    driver.play('count 2', 'init 9')
    await expect(source.sample()).rejects.toThrow('not loaded')
    driver.play('count 2')
    clock = 5_000
    expect(states(await source.sample())).toEqual({ 0: 'ok', 1: 'ok' })
  })

  it('may list more or fewer cards, and others under the same index', async () => {
    driver.play('count 2')
    const source = start()
    await source.sample()
    driver.play('count 3')
    expect((await source.sample()).cards).toHaveLength(3)
    driver.play('count 2', 'shift 1')
    expect((await source.sample()).cards.map(({ uuid }) => uuid?.slice(0, 12))).toEqual([
      'GPU-00000001',
      'GPU-00000002',
    ])
  })

  it('in which two processes hang for good gets no third one', async () => {
    const immortal: LaunchChild = (skip) => {
      const child = counting(skip)
      return { ...child, isGone: () => false }
    }
    driver.play('count 3', 'card 0 abort')
    const source = start({ launch: immortal })
    await source.sample()
    driver.play('count 3', 'card 1 abort')
    await source.sample()
    await expect(source.sample()).rejects.toThrow('2 processes hang in the NVIDIA driver')
    expect(launched).toBe(2)
  })

  it('that is still being opened when the agent stops is let go', async () => {
    driver.play('count 2', 'card 0 open-hang')
    const source = start()
    const sample = source.sample()
    source.stop()
    await expect(sample).rejects.toThrow(/agent stops|SIGKILL/)
    expect(launched).toBe(1)
  })

  it('without a library says so', async () => {
    vi.stubEnv('LD_LIBRARY_PATH', '/nowhere')
    await expect(start().sample()).rejects.toThrow(/shared library|libnvidia/)
  })
})
