import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AggregatorPlugin } from '../aggregator/context.js'
import { createAggregator } from '../aggregator/create-aggregator.js'
import type { RawConfig } from '../config/load-config.js'
import type { StartReport } from '../plugin/report.js'

export interface TestAggregator {
  url: string
  report: StartReport
  /** Its database file, in a temporary directory that `stop` removes. */
  database: string
  /** Calls the API; answers the parsed body. Fails on any status but 2xx, with the problem's text. */
  request(method: string, path: string, body?: unknown): Promise<unknown>
  stop(): Promise<void>
}

/**
 * Starts a real aggregator with the plugins under test. It polls every second.
 *
 * @example
 * const aggregator = await startTestAggregator([openFiles])
 * await aggregator.request('POST', '/api/servers', { name: 'gpu-01', base_url: agent.url })
 * await aggregator.stop()
 */
export async function startTestAggregator(
  plugins: readonly AggregatorPlugin[] = [],
  config: RawConfig = {},
): Promise<TestAggregator> {
  const directory = await mkdtemp(join(tmpdir(), 'mon-'))
  const database = join(directory, 'monitor.db')
  const aggregator = await createAggregator({
    config: {
      listen: '127.0.0.1:0',
      log_level: 'silent',
      poll_interval_s: 1,
      database,
      ...config,
    },
    plugins,
    env: {},
  })
  const report = await aggregator.start()
  return {
    url: report.url,
    report,
    database,
    async request(method, path, body) {
      const response = await fetch(report.url + path, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    async stop() {
      await aggregator.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
