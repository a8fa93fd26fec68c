import { it } from 'vitest'
import { killAndRestart } from '../testdata/kill-and-restart.js'

it('An aggregator that is killed 100 times in the midst of writes loses nothing that it has written, and writes no hour twice', async () => {
  await killAndRestart(100)
})
