import { availableParallelism, loadavg } from 'node:os'
import { type CDPSession, chromium } from 'playwright-core'
import { startUiServer } from '../packages/ui-kit/test/ui-server.js'
import { chromiumPath, launchOptions } from '../test/chromium.js'

/**
 * A chart of 50 series with 720 points each, from the built UI in a headless Chromium. Until the
 * frame is painted there is up to a frame of idling; on the CPU counts what the main thread worked.
 */
const series = 50
const points = 720
const updates = 20
const runs = 5
const budgets = {
  'first draw': 150,
  'first draw, on the CPU': 150,
  update: 33,
  'update, on the CPU': 33,
}
type Figures = typeof budgets

if (chromiumPath === null) {
  console.log('only with a Chromium')
} else {
  const server = await startUiServer(
    [],
    [
      {
        plugin: 'bench',
        tag: 'bench-chart',
        slot: 'nav.page',
        path: '/p/bench',
        module: new URL('./chart/chart-page.js', import.meta.url),
        title: { en: 'Chart', 'zh-CN': '图表' },
      },
    ],
  )
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const client = await page.context().newCDPSession(page)
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(`${server.url}/p/bench`)
    await page.locator('mon-chart canvas').waitFor()
    const figures: Figures[] = []
    for (let run = 0; run < runs; run += 1) {
      await page.evaluate(`prepare(${series}, ${points}, ${updates})`)
      const begun = await worked(client)
      const draw: number = await page.evaluate('draw()')
      const drawn = await worked(client)
      const update: number = await page.evaluate('update()')
      const updated = await worked(client)
      figures.push({
        'first draw': draw,
        'first draw, on the CPU': drawn - begun,
        update,
        'update, on the CPU': (updated - drawn) / updates,
      })
    }
    print(figures)
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Milliseconds of work on the main thread so far. */
async function worked(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

function print(figures: readonly Figures[]): void {
  const [load = 0] = loadavg()
  console.log(
    `${series} series × ${points} points, median of ${runs}; ` +
      `load ${load.toFixed(1)} on ${availableParallelism()} cores`,
  )
  for (const [name, budget] of Object.entries(budgets)) {
    const values = figures.map((run) => new Map(Object.entries(run)).get(name) ?? Number.NaN)
    const sorted = values.sort((a, b) => a - b)
    const median = sorted[Math.floor(runs / 2)] ?? Number.NaN
    const verdict = median <= budget ? 'holds' : 'EXCEEDED'
    const all = sorted.map((value) => value.toFixed(0)).join(', ')
    console.log(
      `${name.padEnd(24)}${median.toFixed(0).padStart(5)} of ${String(budget).padStart(3)} ms  ` +
        `${verdict}  (${all})`,
    )
  }
}
