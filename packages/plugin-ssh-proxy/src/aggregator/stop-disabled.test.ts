import { MonError } from '@mon/core'
import { afterEach, describe, expect, it } from 'vitest'
import { stopDisabled } from './stop-disabled.js'
import { type StandInAgent, sampleConfig, startStandInAgent } from './testdata/stand-in-agent.js'

describe('a tunnel that is disabled and runs all the same', () => {
  const agents = new Map<number, StandInAgent>()
  const said: string[] = []
  afterEach(async () => {
    await Promise.all([...agents.values()].map(({ stop }) => stop()))
    agents.clear()
    said.splice(0)
  })

  const run = (running: number[], enabled: Record<number, boolean>) =>
    stopDisabled({
      running: () => running,
      configs: {
        all: async () =>
          new Map(
            Object.entries(enabled).map(([id, on]) => [Number(id), sampleConfig({ enabled: on })]),
          ),
      },
      agent: (id) => ({
        async request(method, path, body) {
          const url = agents.get(id)?.url
          if (url === undefined) throw new MonError('AGENT_UNREACHABLE', 'It is gone.')
          return (await fetch(url + path, { method, body: JSON.stringify(body) })).json()
        },
      }),
      log: { info: (text: string) => void said.push(text) },
    })

  it('is stopped; those that are wanted, stopped or unknown here are left alone', async () => {
    for (const id of [1, 2, 3, 4]) agents.set(id, await startStandInAgent('connected'))
    await run([1, 2, 4], { 1: false, 2: true, 3: false })
    expect([...agents.values()].map(({ asked }) => asked.map(({ action }) => action))).toEqual([
      ['stop'],
      [],
      [],
      [],
    ])
    expect(said).toEqual(['The tunnel of server 1 is disabled: stopped.'])
  })

  it('is tried again another time where its agent does not answer', async () => {
    await run([9], { 9: false })
    expect(said).toEqual([])
  })
})
