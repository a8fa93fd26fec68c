import { it } from 'vitest'
import { killAndRestart } from './kill-and-restart.js'

it('loses no server that it has acknowledged, in 50 kills in the midst of writes', async () => {
  await killAndRestart(50)
})
