import { it } from 'vitest'
import { soakFleet } from './fleet-soak.js'

it('200 agents, a third of them bad: the healthy are polled on time, each bad one has its reason', {
  timeout: 60_000,
}, async () => {
  await soakFleet(8)
})
