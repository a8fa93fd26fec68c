import type { Server } from '@mon/core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { expectWhole, sidewaysScroll, violations } from './accessibility.js'
import { liveSeries } from './live-series.js'
import { someLooks } from './looks.js'
import type { TestWidget, UiServer } from './ui-server.js'
import { withBrowser } from './with-browser.js'

/** A busy machine takes its time. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })

const chart = (page: Page, label: string) =>
  page.locator('mon-chart').filter({ has: page.getByRole('heading', { level: 3, name: label }) })
const picture = (page: Page, label: string) => chart(page, label).getByRole('img')
const labels = (page: Page) => page.locator('mon-chart h3').allInnerTexts()
const cursors = (page: Page) => page.locator('.chart-foot time').allInnerTexts()
const search = (page: Page) => new URL(page.url()).searchParams

describe.skipIf(!chromiumPath)("A server's page in a real browser", () => {
  const { serve, open } = withBrowser()

  async function openServer(id: number | string = 1, options: Parameters<typeof open>[2] = {}) {
    const server = await serve([probe])
    const opened = await open(server, `/servers/${id}`, options)
    return { server, ...opened }
  }

  /** A new poll of server 1 has come in. */
  function poll(server: UiServer, change: Partial<Server> = {}): void {
    const [first, ...others] = server.fleet
    if (first === undefined) throw new Error('There is no server')
    const next = { ...first, last_seen: Number(first.last_seen) + 1, ...change }
    server.fleet = [next, ...others]
    server.delta({ 1: { last_seen: next.last_seen, ...change } })
  }

  it.each(someLooks)(
    'is whole and accessible: $colorScheme, $locale, $width px',
    async ({ colorScheme, locale, width }) => {
      const viewport = { width, height: 900 }
      const { page, complaints } = await openServer(1, { colorScheme, locale, viewport })
      const memory = { 'zh-CN': '内存', 'en-US': 'Memory' }[locale]
      await picture(page, memory).locator('canvas').waitFor()
      await page.getByText('3 disks in 60m').waitFor()
      await expectWhole({ page, complaints })
    },
  )

  it('charts what every server has, and what only a plugin knows', async () => {
    const { page } = await openServer()
    await picture(page, 'CPU').locator('canvas').waitFor()
    expect(await labels(page)).toEqual(['CPU', 'Memory', 'Fullest disk', 'Network', 'Open files'])
    expect(await chart(page, 'Network').locator('.legend').innerText()).toMatch(
      /In\s+[\d.]+MB\/s\s+Out\s+[\d.]+MB\/s/,
    )
    expect(await picture(page, 'Open files').getAttribute('aria-label')).toMatch(
      /^Open files: Now 1,[\d.]+, lowest 1,[\d.]+, highest 1,[\d.]+\. 1 gap in the data\.$/,
    )
    await page.getByRole('button', { name: '中文' }).click()
    await eventually(() => labels(page)).toContain('打开的文件')
  })

  it('shows who it is, its disks, its collectors and its host', async () => {
    const { page } = await openServer(4)
    await page.getByRole('heading', { level: 1, name: 'gpu-03' }).waitFor()
    await page.getByText('Warning: gpu-nvidia failed to collect').waitFor()
    await page.getByText(/Updated \d+s ago \(.* (UTC|GMT)/).waitFor()
    const disk = page.getByRole('row', { name: /\/data/ })
    await disk.getByText('6.6 TB / 7.1 TB').waitFor()
    expect(await disk.getByRole('meter').getAttribute('class')).toContain('over')
    const collector = page.locator('.collectors li').filter({ hasText: 'gpu-nvidia' })
    await collector.getByText('COLLECTOR_TIMEOUT').waitFor()
    await collector.getByRole('button', { name: 'Copy' }).waitFor()
    expect(await page.locator('.kv').first().innerText()).toMatch(
      /64 cores[\s\S]*182 days[\s\S]*1\.1\.0/,
    )
    expect(await violations(page)).toEqual([])
  })

  it('leads to the form, and to the history where a plugin has it', async () => {
    const { page } = await openServer()
    const edit = page.getByRole('link', { name: 'Edit' })
    expect(await edit.getAttribute('href')).toBe('/servers?edit=1')
    expect(await page.getByRole('link', { name: 'View history' }).count()).toBe(0)
    const history = { ...probe, slot: 'nav.page', path: '/history' } as const
    const other = await open(await serve([history]), '/servers/1')
    const link = other.page.getByRole('link', { name: 'View history' })
    expect(await link.getAttribute('href')).toBe('/history?s=1')
    await other.page.getByText('older data is in History').waitFor()
  })

  it('keeps the window in the address, and tells widgets of it', async () => {
    const { page } = await openServer()
    const five = page.getByRole('button', { name: '5 min', exact: true })
    await five.click()
    expect(search(page).get('win')).toBe('5m')
    await page.getByText('3 disks in 5m').waitFor()
    // The gap was half an hour ago.
    await eventually(() => picture(page, 'CPU').getAttribute('aria-label')).not.toContain('gap')
    await page.reload()
    await page.getByText('3 disks in 5m').waitFor()
    expect(await five.getAttribute('aria-pressed')).toBe('true')
    await page.goBack()
    await page.getByText('3 disks in 60m').waitFor()
  })

  it('follows every poll, asks for what is new only, and for no second stream', async () => {
    const { page, server } = await openServer()
    await picture(page, 'CPU').locator('canvas').waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url().slice(server.url.length)))
    server.live = (_id, minutes) => ({
      ...liveSeries({ minutes, now: Date.now() / 1000 + 1 }),
      ...lastPoint({ cpu_pct: 97 }),
    })
    poll(server)
    await chart(page, 'CPU').locator('.now').getByText('97.0').waitFor()
    expect(asked.filter((path) => path.includes('/live'))).toEqual([
      '/api/servers/1/live?minutes=2',
    ])
    expect(asked).not.toContain('/api/metrics')
    expect(server.readers()).toBe(1)
    expect(await picture(page, 'CPU').getAttribute('aria-label')).toMatch(/1 gap/)

    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).first().click()
    await page.locator('mon-server-card').first().waitFor()
    asked.length = 0
    poll(server)
    await page.locator('mon-server-card').first().waitFor()
    expect(asked).toEqual([])
  })

  it('says that the connection is lost, and goes on by itself without a reload', async () => {
    const { page, server } = await openServer()
    await picture(page, 'CPU').locator('canvas').waitFor()
    server.refuse()
    await page.getByText('Live connection lost', { exact: true }).waitFor()
    await page.locator('.is-stale .plot').first().waitFor()
    expect(await violations(page)).toEqual([])
    server.live = (_id, minutes) => ({ ...liveSeries({ minutes }), ...lastPoint({ cpu_pct: 12 }) })
    server.accept()
    await page.getByText('Live connection lost', { exact: true }).waitFor({ state: 'detached' })
    await chart(page, 'CPU').locator('.now').getByText('12.0').waitFor()
    expect(await page.locator('.is-stale').count()).toBe(0)
  })

  it('draws no line across what an aggregator that was restarted has forgotten', async () => {
    const { page, server } = await openServer()
    await eventually(() => picture(page, 'CPU').getAttribute('aria-label')).toMatch(/1 gap/)
    const now = Date.now() / 1000
    server.live = () => ({
      from: now - 120,
      to: now,
      whole_from: now + 60,
      ts: [now + 60, now + 65],
      series: { cpu_pct: { min: [40, 41], max: [40, 41] } },
    })
    poll(server)
    await eventually(() => picture(page, 'CPU').getAttribute('aria-label')).toMatch(/2 gaps/)
  })

  describe('in a state without new figures', () => {
    it('says why a server is offline, and asks it again on demand', async () => {
      const { page } = await openServer(5)
      await page.getByText('Offline: The agent did not answer in time').waitFor()
      await page.getByText('AGENT_TIMEOUT GET').waitFor()
      await page.getByText(/Last seen 12m ago \(.* (UTC|GMT)/).waitFor()
      await page.locator('.is-stale .plot').first().waitFor()
      expect(await violations(page)).toEqual([])
      await page.route('**/api/servers/test', (route) => route.fulfill({ json: { ok: true } }))
      await page.getByRole('button', { name: 'Retry now' }).click()
      await page.getByRole('status').filter({ hasText: 'gpu-04' }).waitFor()
    })

    it('says that a server is disabled', async () => {
      const { page } = await openServer(7)
      await page.getByText('This server is disabled and not polled').waitFor()
      expect(await violations(page)).toEqual([])
    })

    it('says that a server has not been polled yet', async () => {
      const server = await serve()
      server.live = () => ({ from: 0, to: 1, whole_from: null, ts: [], series: {} })
      const { page } = await open(server, '/servers/6')
      await page.getByText('Charts appear with the first poll').waitFor()
      await page.getByText('Never seen').waitFor()
      expect(await violations(page)).toEqual([])
    })

    it.each(['99', 'nonsense'])('says that there is no server %s, and leads back', async (id) => {
      const { page } = await openServer(id)
      await page.getByText('There is no such server').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('link', { name: 'Back to the overview' }).click()
      await page.locator('mon-server-card').first().waitFor()
    })

    it('says so when the server is deleted meanwhile', async () => {
      const { page, server } = await openServer()
      await picture(page, 'CPU').waitFor()
      server.delta({ 1: null })
      await page.getByText('There is no such server').waitFor()
    })

    it('shows the shape of what is being loaded', async () => {
      const server = await serve()
      const { page } = await open(server)
      await page.locator('mon-server-card').first().waitFor()
      let answer = () => {}
      const held = new Promise<void>((resolve) => {
        answer = resolve
      })
      await page.route('**/live?*', async (route) => {
        await held
        await route.continue()
      })
      await page.goto(`${server.url}/servers/1`)
      await page.locator('.chart-shape .sk').first().waitFor()
      await page.getByRole('status').filter({ hasText: 'Loading the server' }).waitFor({
        state: 'attached',
      })
      expect(await violations(page)).toEqual([])
      answer()
      await picture(page, 'CPU').waitFor()
      expect(await page.locator('.chart-shape').count()).toBe(0)
    })

    it('says why the figures cannot be loaded, and tries again on demand', async () => {
      const server = await serve()
      const { page } = await open(server)
      await page.route('**/live?*', (route) => route.fulfill({ status: 500, json: problem }))
      await page.goto(`${server.url}/servers/1`)
      await page.getByText('The figures of the server could not be loaded').waitFor()
      await page.getByText('INTERNAL').first().waitFor()
      await page.getByRole('heading', { level: 1, name: 'gpu-01' }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.unroute('**/live?*')
      await page.getByRole('button', { name: 'Retry' }).click()
      await picture(page, 'CPU').waitFor()
    })

    it('keeps what it shows when the newest figures cannot be loaded', async () => {
      const { page, server } = await openServer()
      await picture(page, 'CPU').waitFor()
      await page.route('**/live?*', (route) => route.fulfill({ status: 500, json: problem }))
      poll(server)
      await page.getByText('The newest figures could not be loaded').waitFor()
      expect(await labels(page)).toContain('CPU')
      await page.unroute('**/live?*')
      poll(server)
      await page.getByText('The newest figures could not be loaded').waitFor({ state: 'detached' })
    })

    it('says why not even the fleet can be loaded', async () => {
      const server = await serve()
      server.refuse()
      const { page } = await open(server, '/servers/1')
      await page.getByText('Servers could not be loaded').waitFor()
      expect(await violations(page)).toEqual([])
      server.accept()
      await page.getByRole('button', { name: 'Retry now' }).click()
      await picture(page, 'CPU').waitFor()
    })
  })

  describe('with its charts', () => {
    async function drag(page: Page, label: string, from: number, to: number): Promise<void> {
      const area = chart(page, label).locator('.u-over')
      const box = await area.boundingBox()
      if (box === null) throw new Error('The chart cannot be seen')
      const y = box.y + box.height / 2
      await page.mouse.move(box.x + box.width * from, y)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * to, y, { steps: 5 })
      await page.mouse.up()
    }

    it('zooms all by dragging over one, and back by Escape, double click or the button', async () => {
      const { page, complaints } = await openServer()
      const reset = page.getByRole('button', { name: 'Reset zoom' })
      await chart(page, 'CPU').locator('.u-over').waitFor()
      await drag(page, 'CPU', 0.6, 0.8)
      await reset.waitFor()
      const seconds = (name: string) => Date.parse(String(search(page).get(name))) / 1000
      expect(seconds('to') - seconds('from')).toBeGreaterThan(11 * 60)
      expect(seconds('to') - seconds('from')).toBeLessThan(13 * 60)
      const sentence = picture(page, 'Memory')
      await eventually(() => sentence.getAttribute('aria-label')).not.toContain('gap')
      expect(await violations(page)).toEqual([])

      await page.keyboard.press('Escape')
      await reset.waitFor({ state: 'detached' })
      expect([...search(page)]).toEqual([])
      await eventually(() => sentence.getAttribute('aria-label')).toContain('gap')

      await page.goBack()
      await reset.waitFor()
      await chart(page, 'Network').locator('.u-over').dblclick()
      await reset.waitFor({ state: 'detached' })
      await drag(page, 'Network', 0.2, 0.9)
      await reset.click()
      await reset.waitFor({ state: 'detached' })
      expect(complaints).toEqual([])
    })

    it('tell widgets of the zoom, and zoom with the charts of a widget', async () => {
      const { page } = await openServer()
      const probe = page.locator('probe-detail')
      await expect.poll(() => probe.getAttribute('data-zoomed')).toBe('no')
      await probe.evaluate((element) => {
        const now = Math.floor(Date.now() / 1000)
        const detail = { from: now - 600, to: now - 300 }
        element.dispatchEvent(new CustomEvent('zoom', { bubbles: true, detail }))
      })
      await page.getByRole('button', { name: 'Reset zoom' }).click()
      await expect.poll(() => probe.getAttribute('data-zoomed')).toBe('no')
      await page.goBack()
      await expect.poll(() => probe.getAttribute('data-zoomed')).toBe('300 s')
    })

    it('shows the same range to whoever opens the link', async () => {
      const { page, server } = await openServer()
      await chart(page, 'CPU').locator('.u-over').waitFor()
      await drag(page, 'CPU', 0.6, 0.8)
      await page.getByRole('button', { name: 'Reset zoom' }).waitFor()
      const other = await open(server, page.url().slice(server.url.length))
      await other.page.getByRole('button', { name: 'Reset zoom' }).waitFor()
      const sentence = (of: Page) => picture(of, 'CPU').getAttribute('aria-label')
      await eventually(() => sentence(other.page)).toMatch(/lowest/)
      expect((await sentence(other.page))?.split('lowest')[1]).toBe(
        (await sentence(page))?.split('lowest')[1],
      )
    })

    it('says so where the range has nothing any more', async () => {
      const server = await serve()
      const path = '/servers/1?from=2025-01-01T00:00:00Z&to=2025-01-01T00:05:00Z'
      const { page } = await open(server, path)
      await chart(page, 'CPU').getByText('No data in this time').waitFor()
      expect(await picture(page, 'CPU').getAttribute('aria-label')).toBe('CPU: no data')
    })

    it('moves one cursor through all of them by keyboard, and says what is there', async () => {
      const { page } = await openServer()
      await picture(page, 'CPU').locator('canvas').waitFor()
      await picture(page, 'CPU').focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await eventually(async () => (await cursors(page)).length).toBe(5)
      const first = await cursors(page)
      expect(new Set(first).size).toBe(1)
      const said = chart(page, 'CPU').getByRole('status')
      expect(await said.innerText()).toBe(
        `${first[0]}: CPU ${await chart(page, 'CPU').locator('.now').innerText()}`,
      )
      await page.keyboard.press('Shift+ArrowLeft')
      await eventually(async () => (await cursors(page))[0]).not.toBe(first[0])
      await page.keyboard.press('Home')
      // The oldest points stand for half a minute: from the least to the greatest.
      await eventually(() => chart(page, 'CPU').locator('.now').innerText()).toMatch(
        /^[\d.]+–[\d.]+%$/,
      )
      await page.keyboard.press('+')
      await page.getByRole('button', { name: 'Reset zoom' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Reset zoom' }).waitFor({ state: 'detached' })
      await page.keyboard.press('ArrowLeft')
      await eventually(async () => (await cursors(page)).length).toBe(5)
      await page.keyboard.press('Tab')
      await eventually(() => cursors(page)).toEqual([])
    })

    it('moves one cursor through all of them with the pointer', async () => {
      const { page } = await openServer()
      const area = chart(page, 'Network').locator('.u-over')
      await area.hover()
      await eventually(async () => new Set(await cursors(page)).size).toBe(1)
      expect(await cursors(page)).toHaveLength(5)
      await page.getByRole('heading', { level: 1 }).hover()
      await eventually(() => cursors(page)).toEqual([])
    })

    it('has a table of at most 60 rows under each, by keyboard too', async () => {
      const { page } = await openServer()
      const network = chart(page, 'Network')
      await network.locator('summary').focus()
      await page.keyboard.press('Enter')
      const table = network.getByRole('table', { name: /Network: lowest to highest within/ })
      await table.waitFor()
      const head = await table.getByRole('columnheader').allInnerTexts()
      expect(head).toEqual(['Time', 'In', 'Out'])
      const rows = await table.locator('tbody tr').allInnerTexts()
      expect(rows.length).toBeGreaterThan(20)
      expect(rows.length).toBeLessThanOrEqual(60)
      expect(rows[0]).toMatch(/\d\d:\d\d:00\s+[\d.]+(–[\d.]+)?MB\/s\s+[\d.]+(–[\d.]+)?MB\/s/)
      expect(await violations(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    })

    it('draws anew in the other theme and in forced colours, without a reload', async () => {
      const { page } = await openServer(1, { colorScheme: 'light' })
      const canvas = picture(page, 'CPU').locator('canvas')
      await canvas.waitFor()
      const inkOf = () => canvas.evaluate(commonestColour)
      const light = await inkOf()
      await page.emulateMedia({ colorScheme: 'dark' })
      await eventually(inkOf).not.toEqual(light)
      const dark = await inkOf()
      const theme = page.getByRole('button', { name: /^Theme/ })
      await theme.click()
      await eventually(inkOf).toEqual(light)
      await theme.click()
      await eventually(inkOf).toEqual(dark)
      await page.emulateMedia({ forcedColors: 'active' })
      await eventually(inkOf).not.toEqual(dark)
    })

    it('breaks only the line of what is missing, and says whose it is', async () => {
      const server = await serve()
      server.live = (_id, minutes) => {
        const answer = liveSeries({ minutes })
        const { net_rx_bps } = answer.series
        if (net_rx_bps) {
          for (const column of [net_rx_bps.min, net_rx_bps.max]) column.fill(null, -200, -100)
        }
        return answer
      }
      const { page } = await open(server, '/servers/1')
      await eventually(() => picture(page, 'Network').getAttribute('aria-label')).toContain(
        '2 gaps in the data',
      )
      expect(await picture(page, 'CPU').getAttribute('aria-label')).toContain('1 gap in the data')
    })

    it('fits its place as that changes', async () => {
      const { page } = await openServer(1, { viewport: { width: 1440, height: 900 } })
      const canvas = picture(page, 'CPU').locator('canvas')
      await canvas.waitFor()
      const width = () => canvas.evaluate((element) => element.getBoundingClientRect().width)
      const wide = await width()
      await page.setViewportSize({ width: 390, height: 844 })
      await eventually(width).toBeLessThan(wide)
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
})

const probe: TestWidget = {
  plugin: 'probe',
  tag: 'probe-detail',
  slot: 'server.detail',
  placement: 'aside',
  module: new URL('./widgets/detail-probe.js', import.meta.url),
  title: { en: 'Probe', 'zh-CN': '探针' },
}

const problem = { code: 'INTERNAL', detail: 'The window cannot be read.' }

/** An answer whose newest point is this one. */
function lastPoint(values: Record<string, number>) {
  const now = Date.now() / 1000
  const { ts, series } = liveSeries({ minutes: 2, now: now - 5 })
  return {
    ts: [...ts, now],
    series: Object.fromEntries(
      Object.entries(series).map(([name, { min, max }]) => {
        const value = values[name] ?? null
        return [name, { min: [...min, value], max: [...max, value] }]
      }),
    ),
  }
}

/** As `r,g,b`, of what is not translucent. */
function commonestColour(canvas: Element): string {
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('No canvas')
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
  const counts = new Map<string, number>()
  for (let index = 0; data && index < data.length; index += 4) {
    if (data[index + 3] !== 255) continue
    const colour = `${data[index]},${data[index + 1]},${data[index + 2]}`
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? 'nothing'
}
