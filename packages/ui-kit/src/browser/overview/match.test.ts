import { describe, expect, it } from 'vitest'
import type { ServerFigures } from '../live/fleet-figures.js'
import type { Server } from '../live/server.js'
import { hostOf, matches } from './match.js'
import { initialView, type OverviewView } from './view.js'

const server: Server = {
  id: 1,
  name: 'H100-train-01',
  base_url: 'http://10.12.3.21:7881',
  tags: ['H100', '训练'],
  enabled: true,
  poll_interval_s: null,
  state: 'online',
  last_seen: 1,
  last_error: null,
  latest: null,
}
const figures: ServerFigures = {
  servers: 1,
  online: 1,
  degraded: 0,
  offline: 0,
  gpus: 8,
  busy: 8,
  free: 0,
  unknown: 0,
  hot: 1,
  with_free: 0,
  hottest: 84,
}
const found = (view: Partial<OverviewView>) => matches(server, figures, { ...initialView, ...view })

describe('A search', () => {
  it.each(['', ' ', 'h100', 'TRAIN', '10.12.3', '训练', 'train 10.12', ' 01 '])(
    'for "%s" finds it',
    (q) => {
      expect(found({ q })).toBe(true)
    },
  )

  it.each(['a100', 'train 10.13', '7881', 'http'])('for "%s" does not', (q) => {
    expect(found({ q })).toBe(false)
  })
})

describe('The filters', () => {
  it('hold all together', () => {
    expect(found({ status: 'online', tag: 'H100', busy: true, hot: true })).toBe(true)
    expect(found({ status: 'online', tag: 'A100' })).toBe(false)
    expect(found({ status: 'offline', tag: 'H100' })).toBe(false)
    expect(found({ hot: true, free: true })).toBe(false)
  })
})

describe('The host of an address', () => {
  it.each([
    ['http://10.0.0.1:7881', '10.0.0.1'],
    ['https://gpu-01.lab/agent', 'gpu-01.lab'],
    ['http://[fd00::1]:7881', '[fd00::1]'],
  ])('of %s is %s', (baseUrl, host) => {
    expect(hostOf(baseUrl)).toBe(host)
  })
})
