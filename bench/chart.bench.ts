import { availableParallelism, loadavg } from 'node:os'
import { chromium, type Page } from 'playwright-core'
import { startUiServer } from '../packages/ui-kit/test/ui-server.js'
import { chromiumPath, launchOptions } from '../test/chromium.js'

/**
 * A chart of 50 series with 720 points each in the built UI, in a headless Chromium: from nothing
 * to the painted frame, and what the next point costs. It prints the median of the rounds.
 */
const series = 50
const points = 720
const rounds = 15

const budgets = { 'first draw': 150, update: 33 }

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
        module: new URL('ui/chart-page.js', import.meta.url),
        title: { en: 'Bench', 'zh-CN': '基准' },
      },
    ],
  )
  const browser = await chromium.launch(launchOptions)
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.url}/p/bench`)
    await page.locator('bench-chart').waitFor({ state: 'attached' })
    await call(page, 'warmUp')
    const figures = { 'first draw': [] as number[], update: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      figures['first draw'].push(await call(page, 'firstDraw', series, points))
      for (let by = 1; by <= 4; by += 1) {
        figures.update.push(await call(page, 'update', series, points, by))
      }
    }
    print(figures)
  } finally {
    await browser.close()
    await server.close()
  }
}

function call(page: Page, method: string, ...options: number[]): Promise<number> {
  return page.evaluate(`document.querySelector('bench-chart').${method}(${options.join()})`)
}

function print(figures: Record<keyof typeof budgets, number[]>): void {
  const [load = 0] = loadavg()
  console.log(
    `${series} series × ${points} points, median of ${rounds} rounds; ` +
      `load ${load.toFixed(1)} on ${availableParallelism()} cores`,
  )
  for (const name of ['first draw', 'update'] as const) {
    const sorted = figures[name].sort((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    const slowest = sorted.at(-1) ?? Number.NaN
    const verdict = median <= budgets[name] ? 'holds' : 'EXCEEDED'
    console.log(
      `${name.padEnd(12)}${median.toFixed(1).padStart(7)} ms of ${budgets[name]}  ${verdict}` +
        `  (slowest ${slowest.toFixed(1)})`,
    )
  }
}
