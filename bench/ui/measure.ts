import type { Browser, CDPSession, Page } from 'playwright-core'

/** What a user's browser pays for the overview. Times in ms, sizes in MB. */
export interface Figures {
  'first render': number
  'first render, on the CPU': number
  'main thread per second': number
  'script per second': number
  'long tasks in 10 s': number
  'long tasks in 3 s of scrolling': number
  'DOM nodes': number
  'JS heap': number
  'layout shift': number
}

const steady = 10

export async function measure(browser: Browser, url: string): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(observe)
    const client = await context.newCDPSession(page)
    // On-CPU time, which other processes of the machine do not add to.
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    await page.waitForFunction(() => document.documentElement.dataset.painted !== undefined)
    const loaded = await snapshot(page, client)
    // The first seconds belong to the load.
    await page.waitForTimeout(3000)

    const before = await snapshot(page, client)
    await page.waitForTimeout(steady * 1000)
    const after = await snapshot(page, client)
    await page.evaluate(scroll, 3000)
    const scrolled = await snapshot(page, client)

    await client.send('HeapProfiler.collectGarbage')
    const { nodes } = await client.send('Memory.getDOMCounters')
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    return {
      'first render': after.painted,
      'first render, on the CPU': loaded.task * 1000,
      'main thread per second': ((after.task - before.task) * 1000) / steady,
      'script per second': ((after.script - before.script) * 1000) / steady,
      'long tasks in 10 s': after.longTasks - before.longTasks,
      'long tasks in 3 s of scrolling': scrolled.longTasks - after.longTasks,
      'DOM nodes': nodes,
      'JS heap': usedSize / 1e6,
      // A further digit in a right-aligned figure counts too, as some millionths.
      'layout shift': Math.round((after.shift - before.shift) * 1000) / 1000,
    }
  } finally {
    await context.close()
  }
}

async function snapshot(page: Page, client: CDPSession) {
  const { metrics } = await client.send('Performance.getMetrics')
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  const seen: { painted: number; longTasks: number; shift: number } =
    await page.evaluate('globalThis.seen')
  return { ...seen, task: metric('TaskDuration'), script: metric('ScriptDuration') }
}

/** Runs in the page, before anything else does. */
function observe(): void {
  const seen = { painted: 0, longTasks: 0, shift: 0 }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    seen.longTasks += list.getEntries().length
  }).observe({ type: 'longtask' })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += 'value' in entry ? Number(entry.value) : 0
  }).observe({ type: 'layout-shift' })

  const awaitCells = () => {
    const isDrawn = document.querySelector('gpu-nvidia-card .gpu-cell') !== null
    if (!isDrawn) return requestAnimationFrame(awaitCells)
    // The frame after next begins when this one has been painted.
    return requestAnimationFrame(() =>
      setTimeout(() => {
        seen.painted = performance.now()
        document.documentElement.dataset.painted = ''
      }),
    )
  }
  awaitCells()
}

/** Runs in the page: as fast as a flick of the finger, one step a frame. */
function scroll(duration: number): Promise<void> {
  const end = performance.now() + duration
  return new Promise((done) => {
    const step = () => {
      if (performance.now() > end) return done()
      scrollBy(0, 60)
      return requestAnimationFrame(step)
    }
    step()
  })
}
