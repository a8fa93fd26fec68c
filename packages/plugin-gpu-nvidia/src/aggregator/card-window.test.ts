import { expect, it } from 'vitest'
import { createCardWindow } from './card-window.js'

const card = (util_pct: number | null, uuid = 'GPU-a') => ({ index: 0, uuid, util_pct })
const T = 1_800_000_000

it('a point is the greatest value of 15 s, and a gap is null', () => {
  const window = createCardWindow()
  window.add(1, [card(10)], T)
  window.add(1, [card(30)], T + 5)
  window.add(1, [card(20)], T + 10)
  window.add(1, [card(null)], T + 15)
  window.add(1, [card(5)], T + 45)
  const { ts, cards } = window.read(1, T - 3600, T + 60)
  expect(ts).toEqual([T, T + 15, T + 30, T + 45])
  expect(cards[0]?.series.util_pct).toEqual([30, null, null, 5])
})

it('an hour is kept, and no more', () => {
  const window = createCardWindow()
  for (let at = 0; at < 7200; at += 15) window.add(1, [card(at)], T + at)
  const { ts } = window.read(1, T, T + 7200)
  expect(ts).toHaveLength(240)
  expect(ts[0]).toBe(T + 3600)
})

it('a card is followed by its uuid', () => {
  const window = createCardWindow()
  window.add(1, [card(1, 'GPU-a')], T)
  window.add(1, [{ ...card(2, 'GPU-a'), index: 3 }, card(7, 'GPU-b')], T + 15)
  const { cards } = window.read(1, T, T + 15)
  expect(cards.map(({ index, series }) => [index, series.util_pct])).toEqual([
    [0, [null, 7]],
    [3, [1, 2]],
  ])
})

it('a server that is forgotten has nothing', () => {
  const window = createCardWindow()
  window.add(1, [card(1)], T)
  window.forget(1)
  expect(window.read(1, 0, T)).toEqual({ step_s: 15, ts: [], cards: [] })
})
