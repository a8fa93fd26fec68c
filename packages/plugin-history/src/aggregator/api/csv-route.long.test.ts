import { it } from 'vitest'
import { exportMuch } from '../testdata/export-much.js'

it('An export of 700,000 rows streams in flat memory, ends when its client leaves, and one that stalls harms nobody', async () => {
  await exportMuch(700)
})
