import { it } from 'vitest'
import { killAndRestart } from '../testdata/kill-and-restart.js'

it('An aggregator that is killed in the midst of writes loses nothing that it has written, and writes no hour twice', async () => {
  await killAndRestart(4)
}, 60_000)
