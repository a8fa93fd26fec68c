import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { unusedMessages } from './unused-messages.js'

it('finds the messages that no code names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mon-messages-'))
  await writeFile(join(folder, 'line.ts'), "t('fans.title') + t(`fans.state.${state}`)")
  await writeFile(join(folder, 'messages.ts'), "export const en = { 'fans.gone': 'Gone' }")
  const keys = ['fans.title', 'fans.state.ok', 'fans.gone']
  expect(await unusedMessages(keys, pathToFileURL(`${folder}/`))).toEqual(['fans.gone'])
})
