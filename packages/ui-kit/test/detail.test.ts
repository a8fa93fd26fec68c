import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { sidewaysScroll, violations } from './accessibility.js'
import { liveSeries } from './live-series.js'
import type { TestWidget } from './ui-server.js'
import { withBrowser } from './with-browser.js'

describe.skipIf(!chromiumPath)('The page of a server', () => {
  const { serve, open } = withBrowser()

  const chart = (page: Page, label: string) =>
    page
      .locator('mon-chart')
      .filter({ has: page.getByRole('heading', { name: label, exact: true }) })
  const drawing = (page: Page, label: string) => chart(page, label).getByRole('img')
  const drawn = (page: Page, label: string) => chart(page, label).locator('canvas').waitFor()

  it.each([
    ['light', 'zh-CN', 1440],
    ['dark', 'zh-CN', 390],
    ['light', 'en-US', 320],
    ['dark', 'en-US', 1440],
  ] as const)('is whole and accessible: %s, %s, %d px', async (colorScheme, locale, width) => {
    const viewport = { width, height: 900 }
    const { page, complaints } = await open(
      await serve([panel('main'), panel('aside')]),
      '/servers/1',
      {
        colorScheme,
        locale,
        viewport,
      },
    )
    await drawn(page, 'CPU')
    await page.locator('.chart-fold > summary').first().click()
    await page.getByRole('table').first().waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('shows a chart of every metric that has values, a third party’s too, and what is known of the host', async () => {
    const { page, complaints } = await open(await serve(), '/servers/1')
    await drawn(page, 'Open files')
    expect(await page.locator('mon-chart h3').allInnerTexts()).toEqual([
      'CPU',
      'Memory',
      'Fullest disk',
      'Network',
      'Open files',
    ])
    expect(await drawing(page, 'CPU').getAttribute('aria-label')).toMatch(
      /^CPU: CPU now \d+\.\d%, lowest \d+\.\d%, highest \d+\.\d%\. 1 gap in the data\.$/,
    )
    const legend = await chart(page, 'Network').locator('.legend').innerText()
    expect(legend.replace(/\s+/g, ' ')).toMatch(/In [\d.]+ ?MB\/s Out [\d.]+ ?MB\/s/)
    await chart(page, 'Memory').getByText('307 GB / 503 GB').waitFor()

    await page.getByText(/^Updated \ds ago \(\d\d:\d\d:\d\d UTC/).waitFor()
    await page
      .getByRole('region')
      .or(page.locator('section'))
      .filter({ hasText: '64 cores' })
      .first()
      .waitFor()
    const full = page.getByRole('row', { name: /experiments/ })
    expect(await full.getByRole('meter').getAttribute('class')).toContain('over')
    await page
      .locator('.collectors li', { hasText: 'gpu-nvidia' })
      .getByText('takes 42 ms')
      .waitFor()
    expect(await page.title()).toMatch(/^gpu-01 · /)
    expect(await page.getByRole('link', { name: 'View history' }).count()).toBe(0)

    await page.getByRole('link', { name: 'Edit' }).click()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/servers?edit=1')
    expect(complaints).toEqual([])
  })

  it('moves one cursor in all charts, by pointer and by keyboard', async () => {
    const { page } = await open(await serve(), '/servers/1?win=15m')
    await drawn(page, 'Open files')
    const time = (label: string) => chart(page, label).locator('.legend time')
    await drawing(page, 'CPU').hover({ position: { x: 200, y: 70 } })
    await time('CPU').waitFor()
    await expect
      .poll(() => time('Network').allInnerTexts())
      .toEqual(await time('CPU').allInnerTexts())

    await drawing(page, 'Memory').focus()
    await page.mouse.move(0, 0)
    await page.keyboard.press('End')
    const last = await time('Memory').innerText()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => time('Memory').innerText()).not.toBe(last)
    await expect
      .poll(() => time('CPU').allInnerTexts())
      .toEqual(await time('Memory').allInnerTexts())
    await chart(page, 'Memory')
      .getByRole('status')
      .filter({ hasText: /^\d\d:.*: Memory \d/ })
      .waitFor({ state: 'attached' })
    await page.keyboard.press('Tab')
    await time('Memory').waitFor({ state: 'detached' })
  })

  it('zooms all charts by dragging in one, keeps it in the URL, and leaves it by Escape or double click', async () => {
    const { page, complaints } = await open(await serve(), '/servers/1')
    await drawn(page, 'Open files')
    const box = await drawing(page, 'CPU').boundingBox()
    if (box === null) throw new Error('The chart has no box.')
    const drag = async () => {
      await page.mouse.move(box.x + 150, box.y + 60)
      await page.mouse.down()
      await page.mouse.move(box.x + 200, box.y + 64)
      await page.mouse.move(box.x + 260, box.y + 64)
      await page.mouse.up()
      await page.waitForURL(/from=.*to=/)
    }
    const rowsShown = async () => {
      const caption = await chart(page, 'Network').locator('caption').innerText()
      return Number(/of (\d+) points/.exec(caption)?.[1])
    }
    await chart(page, 'Network').getByText('View as table').click()
    const all = await rowsShown()
    await drag()
    await expect.poll(rowsShown).toBeLessThan(all)
    expect(await page.getByRole('button', { name: '60 min' }).getAttribute('aria-pressed')).toBe(
      'false',
    )
    await page.reload()
    await drawn(page, 'Open files')
    await page.getByRole('button', { name: 'Reset zoom' }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL(/servers\/1$/)
    await drag()
    await page.mouse.dblclick(box.x + 200, box.y + 64)
    await page.waitForURL(/servers\/1$/)
    await drag()
    await page.getByRole('button', { name: '5 min', exact: true }).click()
    await page.waitForURL(/servers\/1\?win=5m$/)
    await page.goBack()
    await page.waitForURL(/from=.*to=/)
    expect(complaints).toEqual([])
  })

  it('shows less of the past when asked, and tells the widgets', async () => {
    const { page } = await open(await serve([panel('main'), panel('aside')]), '/servers/1')
    await drawn(page, 'CPU')
    const places = page.locator('mon-slot')
    await places.first().getByText('Server 1, 60 minutes').waitFor()
    await chart(page, 'CPU').getByText('View as table').click()
    const rows = () => chart(page, 'CPU').locator('tbody tr').count()
    expect(await rows()).toBe(100)
    await page.getByRole('button', { name: '5 min', exact: true }).click()
    await places.first().getByText('Server 1, 5 minutes').waitFor()
    await expect.poll(rows).toBeLessThan(62)
    const newest = await chart(page, 'CPU').locator('tbody tr').first().innerText()
    expect(newest).toMatch(/\d\d:\d\d:\d\d\s+\d+\.\d%/)
  })

  it('draws anew in another theme, language and window size', async () => {
    const { page, complaints } = await open(await serve(), '/servers/1', { colorScheme: 'light' })
    await drawn(page, 'CPU')
    const pixels = () =>
      chart(page, 'CPU')
        .locator('canvas')
        .evaluate((canvas) => canvas instanceof HTMLCanvasElement && canvas.toDataURL())
    const light = await pixels()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(pixels).not.toBe(light)
    const dark = await pixels()
    await page.emulateMedia({ forcedColors: 'active' })
    await expect.poll(pixels).not.toBe(dark)
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' })
    await page.getByRole('button', { name: '中文' }).click()
    await chart(page, '打开的文件').waitFor()
    const width = () =>
      drawing(page, 'CPU')
        .locator('.uplot')
        .evaluate(({ clientWidth }) => clientWidth)
    const before = await width()
    await page.setViewportSize({ width: 800, height: 900 })
    await expect.poll(width).not.toBe(before)
    expect(complaints).toEqual([])
  })

  it('follows every poll with what is new alone', async () => {
    const server = await serve()
    const asked: number[] = []
    server.live = (_id, minutes) => {
      asked.push(minutes)
      const live = liveSeries({ minutes })
      // The newest value says how often it was asked.
      live.series.cpu_pct?.min.splice(-1, 1, asked.length)
      live.series.cpu_pct?.max.splice(-1, 1, asked.length)
      return live
    }
    const { page, complaints } = await open(server, '/servers/1')
    await chart(page, 'CPU').locator('.now', { hasText: '1.0%' }).waitFor()
    server.delta({ 1: { latest: { cpu_pct: 50 } } })
    await chart(page, 'CPU').locator('.now', { hasText: '2.0%' }).waitFor()
    server.delta({ 2: { latest: { cpu_pct: 50 } } })
    server.delta({ 1: { latest: { cpu_pct: 51 } } })
    await chart(page, 'CPU').locator('.now', { hasText: '3.0%' }).waitFor()
    expect(asked).toEqual([60, 2, 2])
    expect(server.readers()).toBe(1)
    expect(complaints).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('The page of a server without its figures', () => {
  const { serve, open } = withBrowser()

  it('of an offline server says since when and why, and keeps what was known', async () => {
    const { page, complaints } = await open(await serve(), '/servers/5')
    await page.getByText(/^Last seen 12m ago \(.*UTC/).waitFor()
    await page.getByText(/Offline: The agent/).waitFor()
    await page.getByText(/^AGENT_TIMEOUT GET/).waitFor()
    await page.getByRole('button', { name: 'Retry now' }).waitFor()
    await page.locator('.is-stale canvas').first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('of a degraded server names the collector that fails, and its error to copy', async () => {
    const { page } = await open(await serve(), '/servers/4')
    await page.getByText('Warning: gpu-nvidia failed to collect').waitFor()
    const item = page.locator('.collectors li', { hasText: 'gpu-nvidia' })
    await item.getByText('COLLECTOR_TIMEOUT nvidia-smi').waitFor()
    await item.getByRole('button', { name: 'Copy error' }).waitFor()
  })

  it('says that there is no such server, or that it is gone, and leads back', async () => {
    const server = await serve()
    const { page, complaints } = await open(server, '/servers/99')
    await page.getByText('There is no such server').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Back to the overview' }).click()
    await page.getByRole('link', { name: 'gpu-02' }).click()
    await page.locator('mon-chart canvas').first().waitFor()
    server.delta({ 2: null })
    await page.getByText('There is no such server').waitFor()
    expect(complaints).toEqual([])
  })

  it('says that a server is disabled, or that nothing has been polled yet', async () => {
    const server = await serve()
    server.live = () => ({ from: 0, to: 1, whole_from: null, ts: [], series: {} })
    const { page } = await open(server, '/servers/7')
    await page.getByText('This server is disabled').waitFor()
    await page.getByText('No live data yet').waitFor()
    await page.getByText('Charts appear when the server answers again.').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('shows a skeleton while it waits, and an error with a way to try again', async () => {
    const server = await serve()
    const { page } = await open(server, '/')
    await page.getByRole('link', { name: 'gpu-01' }).waitFor()
    let refuse = () => {}
    await page.route('**/live?*', async (route) => {
      await new Promise<void>((done) => {
        refuse = done
      })
      await route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'INTERNAL', detail: 'It broke.' }),
      })
    })
    await page.getByRole('link', { name: 'gpu-01' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: 'Loading the server' })
      .waitFor({ state: 'attached' })
    await page.locator('.chart-shape').first().waitFor()
    refuse()
    await page.getByText('The figures of the server could not be loaded').waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute('**/live?*')
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.locator('mon-chart canvas').first().waitFor()
  })

  it('drains its colours while the connection is lost, and recovers without a reload', async () => {
    const server = await serve()
    const { page } = await open(server, '/servers/1')
    await page.locator('mon-chart canvas').first().waitFor()
    server.refuse()
    await page.getByText('Live connection lost').first().waitFor()
    await page.locator('.is-stale mon-chart').first().waitFor()
    let asked = 0
    server.live = (_id, minutes) => {
      asked += 1
      return liveSeries({ minutes })
    }
    server.accept()
    await page.locator('main').getByRole('button', { name: 'Reconnect now' }).click()
    await page.locator('.is-stale').waitFor({ state: 'detached' })
    await expect.poll(() => asked).toBe(1)
  })
})

const messages = {
  en: {
    given: 'Server {server}, {count, plural, one {# minute} other {# minutes}}',
    missing: 'Nothing missing.',
  },
  'zh-CN': { given: '服务器 {server}，{count} 分钟', missing: '没有缺失。' },
}

function panel(placement: 'main' | 'aside'): TestWidget {
  return {
    plugin: 'stage',
    tag: `stage-${placement}`,
    slot: 'server.detail',
    placement,
    module: new URL('./widgets/stage.js', import.meta.url),
    title: { en: 'Test', 'zh-CN': '测试' },
    messages,
  }
}
