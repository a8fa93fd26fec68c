import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { temporaryDirectory } from './built-aggregator.js'

const core = new URL('../dist/index.js', import.meta.url)

it.each(['createAgent', 'createAggregator'])(
  'A program with %s, started and stopped three times, ends by itself: nothing is left running',
  async (create) => {
    const directory = await temporaryDirectory()
    const config = {
      listen: '127.0.0.1:0',
      log_level: 'silent',
      ...(create === 'createAggregator' && { database: join(directory, 'monitor.db') }),
    }
    const program = `
    import { ${create} } from ${JSON.stringify(core.href)}
    const host = await ${create}({ config: ${JSON.stringify(config)}, plugins: [], env: {} })
    for (const _ of [1, 2, 3]) {
      const { url } = await host.start()
      console.log((await fetch(url + '/healthz', { headers: { connection: 'close' } })).status)
      await host.stop()
    }`
    const run = promisify(execFile)
    const file = join(directory, 'program.mjs')
    await writeFile(file, program)
    const { stdout } = await run(process.execPath, [file])
    expect(stdout).toBe('200\n200\n200\n')
  },
  60_000,
)
