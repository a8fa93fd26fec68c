import fc from 'fast-check'
import { afterAll, expect, it, vi } from 'vitest'
import type { Sweep } from '../card.js'
import { createExclusion } from '../exclusion.js'
import { createKnownCards } from '../known-cards.js'
import { createPowerState } from '../power-state.js'
import { launchChild, type NvmlChild } from './launch-child.js'
import { createNvmlSource } from './nvml-source.js'
import { compileFakeDriver } from './testdata/fake-driver.js'

const CARDS = 8
const ROUNDS = 150

const driver = compileFakeDriver()
afterAll(() => {
  driver.remove()
  vi.unstubAllEnvs()
})

const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.nat(CARDS - 1),
        fc.constantFrom('lost', 'reset', 'open-lost', 'hang', 'abort', 'open-hang'),
      )
      .map(([index, what]) => [`card ${index} ${what}`]),
  },
  { weight: 1, arbitrary: fc.constantFrom(['init 9'], ['init 18'], ['noisy'], ['mig 2']) },
)

it('whatever befalls the driver, all cards stay in the list, and live again when it is over', async () => {
  for (const [name, value] of Object.entries(driver.env)) vi.stubEnv(name, value)
  let clock = 0
  const children: NvmlChild[] = []
  const source = createNvmlSource({
    launch(skip) {
      const child = launchChild(skip)
      children.push(child)
      return child
    },
    power: createPowerState('/nowhere'),
    describe: (process) => ({ ...process, user: null, command: null, container: null }),
    pids_known: true,
    exclusion: createExclusion([]),
    slow_interval_ms: 10_000,
    now: () => clock,
    deadlines: { open_ms: 3_000, sweep_ms: 1_000 },
  })
  const known = createKnownCards()
  const sample = async () => {
    const sweep = await source.sample().catch((error: unknown): Sweep | string => String(error))
    if (typeof sweep === 'string') known.noteFailure(sweep)
    else known.note(sweep, clock)
    return sweep
  }

  driver.play(`count ${CARDS}`)
  await sample()
  for (const lines of fc.sample(trouble, { numRuns: ROUNDS, seed: 5 })) {
    driver.play(`count ${CARDS}`, ...lines)
    clock += 20_000
    await sample()
    const uuids = known.list(clock).map(({ uuid }) => uuid)
    expect(new Set(uuids).size).toBe(CARDS)
    expect(uuids).toHaveLength(CARDS)
    expect(children.filter((child) => !child.isGone()).length).toBeLessThanOrEqual(3)
  }

  driver.play(`count ${CARDS}`)
  for (let turn = 0; turn < 4; turn += 1) {
    clock += 15 * 60_000
    await sample()
  }
  expect(known.list(clock).map(({ state }) => state)).toEqual(Array(CARDS).fill('ok'))
  source.stop()
  await expect.poll(() => children.every((child) => child.isGone())).toBe(true)
})
