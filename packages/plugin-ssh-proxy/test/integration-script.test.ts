import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startAgentProcess } from './rig/agent-process.js'
import { hasSshd, startCentre } from './rig/centre.js'

const script = fileURLToPath(new URL('../../../tests/test_proxy_integration.sh', import.meta.url))

describe.skipIf(!hasSshd)('tests/test_proxy_integration.sh', { timeout: 60_000 }, () => {
  it('finds nothing wrong with an agent that works, and what is wrong with one that does not', async () => {
    const centre = await startCentre()
    onTestFinished(centre.stop)
    const agent = await startAgentProcess(centre, { settings: { probe_interval_s: 1 } })
    onTestFinished(() => agent.end())
    const site = createServer((_request, response) => response.end())
    await once(site.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void site.close())
    const address = site.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const config_file = join(centre.folder, 'proxy_config.json')
    await writeFile(config_file, JSON.stringify(centre.config))

    const env = {
      ...process.env,
      AGENT_URL: agent.url,
      TOKEN_FILE: join(centre.folder, 'agent.token'),
      CONFIG_FILE: config_file,
      CHECK_URL: `http://127.0.0.1:${port}/`,
    }
    const good = await run(env)
    expect(good.out).not.toContain('FAIL')
    expect(good.out.match(/^ok /gm)).toHaveLength(13)
    expect(good.status).toBe(0)

    await centre.stopProxy()
    const bad = await run({ ...env, CHECK_URL: '', WAIT_S: '3' })
    expect(bad.status).toBe(1)
    expect(bad.out).toContain('FAIL  the tunnel is connected')
  })
})

function run(env: NodeJS.ProcessEnv): Promise<{ status: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = execFile('bash', [script], { env }, (_error, out) =>
      resolve({ status: child.exitCode, out }),
    )
  })
}
