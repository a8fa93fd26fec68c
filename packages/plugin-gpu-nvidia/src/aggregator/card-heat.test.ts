import { describe, expect, it } from 'vitest'
import { createCardHeat } from './card-heat.js'

const at = (temperature_c: number | null, uuid = 'GPU-1') => ({ index: 0, uuid, temperature_c })

describe('A card', () => {
  it('is hot above its limit, and until it is two degrees below', () => {
    const heat = createCardHeat()
    const said = [79, 80, 81, 80, 79, 78, 79, 80].map((celsius) => heat.isHot(1, at(celsius), 80))
    expect(said).toEqual([false, false, true, true, true, false, false, false])
  })

  it('is not hot because another one is', () => {
    const heat = createCardHeat()
    heat.isHot(1, at(90), 80)
    expect(heat.isHot(1, at(79, 'GPU-2'), 80)).toBe(false)
    expect(heat.isHot(2, at(79), 80)).toBe(false)
    heat.forget(1)
    expect(heat.isHot(1, at(79), 80)).toBe(false)
  })

  it('is neither without a temperature, and remembers through such a gap', () => {
    const heat = createCardHeat()
    heat.isHot(1, at(81), 80)
    expect(heat.isHot(1, at(null), 80)).toBeNull()
    expect(heat.isHot(1, at(80), 80)).toBe(true)
  })
})
