import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { expectWhole, violations } from './accessibility.js'
import { gpuFleet, sampleFleet } from './fleet.js'
import type { TestWidget, UiServer } from './ui-server.js'
import { withBrowser } from './with-browser.js'

describe.skipIf(!chromiumPath)('The list of servers', () => {
  const browser = withBrowser()
  const serve = (fleet = gpuFleet(100), widgets = [gpuCells]) => browser.serve(widgets, fleet)

  async function open(server: UiServer, path = '/', options: BrowserContextOptions = {}) {
    const viewport = { width: 1440, height: 900 }
    const opened = await browser.open(server, path, { viewport, ...options })
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
    return opened
  }

  describe('filtered', () => {
    it('by each figure of the summary, which also counts', async () => {
      const { page } = await open(await serve())
      const figure = (name: RegExp) => page.getByRole('button', { name })
      await figure(/^Online/).waitFor()
      const text = async (name: RegExp) => (await figure(name).innerText()).replace(/\s+/g, ' ')
      expect(await text(/^Online/)).toBe('Online 96 / 100')
      expect(await text(/^Warning/)).toBe('Warning 2')
      expect(await text(/^Offline/)).toBe('Offline 2')
      expect(await text(/^GPUs in use/)).toBe('GPUs in use 764 / 800 · 16 unknown')
      expect(await text(/^Free GPUs/)).toBe('Free GPUs 20 on 10 servers')
      expect(await text(/^Hot GPUs/)).toBe('Hot GPUs 1')

      await figure(/^Hot GPUs/).click()
      await expect.poll(() => names(page)).toEqual(['h100-0001'])
      expect(await figure(/^Hot GPUs/).getAttribute('aria-pressed')).toBe('true')
      await figure(/^Hot GPUs/).click()
      await figure(/^Free GPUs/).click()
      await expect.poll(() => total(page)).toBe(10)
      expect(new URL(page.url()).search).toBe('?free=1')
      await figure(/^Warning/).click()
      await page.getByText('Filters: status Warning, Free GPUs.').waitFor()
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await expect.poll(() => total(page)).toBe(100)
      await page.goBack()
      await page.getByText('No servers match').waitFor()
    })

    it('counts no server that is disabled', async () => {
      const { page } = await open(await serve(sampleFleet(), []))
      const online = page.getByRole('button', { name: /^Online/ })
      await online.waitFor()
      expect((await online.innerText()).replace(/\s+/g, ' ')).toBe('Online 3 / 6')
    })

    it('by what is typed, from anywhere by a key, without a step for the back button', async () => {
      const { page } = await open(await serve())
      await page.getByRole('list', { name: 'Servers' }).waitFor()
      const steps = await page.evaluate(() => history.length)
      await page.keyboard.press('/')
      await page.keyboard.type('0042')
      await expect.poll(() => names(page)).toEqual(['h100-0042'])
      expect(new URL(page.url()).search).toBe('?q=0042')
      expect(await page.evaluate(() => history.length)).toBe(steps)
      await page.getByRole('searchbox', { name: 'Search servers' }).fill('storage a100')
      await expect.poll(() => total(page)).toBe(1)
    })

    it('by a tag, of which one holds at a time', async () => {
      const { page } = await open(await serve())
      const tag = (name: string) => page.getByRole('button', { name, exact: true })
      await tag('A100').click()
      await expect.poll(() => total(page)).toBe(33)
      await tag('storage').click()
      await expect.poll(() => total(page)).toBe(5)
      expect(await tag('A100').getAttribute('aria-pressed')).toBe('false')
      await tag('All tags').click()
      await expect.poll(() => total(page)).toBe(100)
    })

    it('for whoever opens a shared link', async () => {
      const server = await serve()
      const { page } = await open(server, '/?tag=A100&free=1&sort=-name&view=table')
      const shared = page.getByRole('table', { name: 'Servers' })
      await shared.waitFor()
      expect(await rowNames(page)).toEqual(['h100-0090', 'h100-0060', 'h100-0030'])
      const heading = shared.getByRole('columnheader', { name: 'Server' })
      expect(await heading.getAttribute('aria-sort')).toBe('descending')
    })
  })

  describe('sorted', () => {
    it('by what is chosen, and it says so', async () => {
      const { page } = await open(await serve())
      await page.getByLabel('Sort:').selectOption({ label: 'temperature' })
      await expect.poll(async () => (await names(page))[0]).toBe('h100-0001')
      expect(new URL(page.url()).search).toBe('?sort=temp')
    })

    it('by the headers of the table, either way', async () => {
      const { page } = await open(await serve(), '/?view=table')
      const heading = page.getByRole('columnheader', { name: 'CPU' })
      await heading.getByRole('button').click()
      await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending')
      const highest = await page.locator('mon-server-row .cellbar b').first().innerText()
      await heading.getByRole('button').click()
      await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending')
      const lowest = await page.locator('mon-server-row .cellbar b').first().innerText()
      expect(Number.parseInt(highest, 10)).toBeGreaterThan(Number.parseInt(lowest, 10))
    })

    it('keeps its order while the focus is in it, until one sorts', async () => {
      const server = await serve(gpuFleet(6))
      const { page } = await open(server)
      await page.getByRole('link', { name: 'h100-0002' }).focus()
      server.delta({ 2: { state: 'offline' } })
      await page.locator('mon-server-card', { hasText: 'Offline' }).waitFor()
      expect((await names(page))[0]).toBe('h100-0001')
      await page.getByLabel('Sort:').focus()
      await expect.poll(async () => (await names(page))[0]).toBe('h100-0002')
    })
  })

  describe('of a thousand', () => {
    it('draws what the window shows, within 8,000 nodes', async () => {
      const { page } = await open(await serve(gpuFleet(1000)), '/?sort=name')
      await page.locator('gpu-cells .gcell').first().waitFor()
      expect(await page.locator('mon-server-card').count()).toBeLessThan(60)
      expect(await nodes(page)).toBeLessThan(8000)
      await page.getByRole('button', { name: 'Table' }).click()
      await page.locator('mon-server-row').first().waitFor()
      expect(await page.locator('mon-server-row').count()).toBeLessThan(60)
      expect(await nodes(page)).toBeLessThan(8000)
    })

    it('tells a screen reader where it is in the whole', async () => {
      const { page } = await open(await serve(gpuFleet(1000)))
      const card = page.locator('mon-server-card').nth(4)
      await card.waitFor()
      expect(await card.getAttribute('role')).toBe('listitem')
      expect(await card.getAttribute('aria-setsize')).toBe('1000')
      expect(await card.getAttribute('aria-posinset')).toBe('5')
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
      const last = page.locator('mon-server-card').last()
      await expect.poll(() => last.getAttribute('aria-posinset')).toBe('1000')

      await page.getByRole('button', { name: 'Table', exact: true }).click()
      const table = page.getByRole('table', { name: 'Servers' })
      await table.waitFor()
      expect(await table.getAttribute('aria-rowcount')).toBe('1001')
      await page.evaluate(() => scrollTo(0, 0))
      const row = page.locator('mon-server-row').first()
      await expect.poll(() => row.getAttribute('aria-rowindex')).toBe('2')
      expect(await violations(page)).toEqual([])
    })

    it('has its columns beside each other, with a widget among them or without', async () => {
      const { page } = await open(await serve(gpuFleet(5)), '/?view=table')
      const cells = page.locator('mon-server-row').first().locator('[role=cell]')
      await cells.first().waitFor()
      const tops = await cells.evaluateAll((all) =>
        all.map((cell) => {
          const { top, height } = cell.getBoundingClientRect()
          return Math.round(top + height / 2)
        }),
      )
      expect(new Set(tops).size).toBe(1)
    })

    it('never takes away the row that has the focus', async () => {
      const { page } = await open(await serve(gpuFleet(1000)), '/?view=table&sort=name')
      const link = page.getByRole('link', { name: 'h100-0003' })
      await link.focus()
      await page.evaluate(() => scrollTo(0, 20_000))
      await page.getByRole('link', { name: 'h100-0500' }).waitFor()
      expect(await focused(page)).toBe('h100-0003')
      await page.keyboard.press('Tab')
      expect(await focused(page)).toBe('h100-0004')
    })

    it('shifts nothing as figures change', async () => {
      const server = await serve(gpuFleet(300))
      const { page } = await open(server)
      await page.locator('gpu-cells .gcell').first().waitFor()
      await page.evaluate(() => {
        const root = document.documentElement
        root.dataset.shift = '0'
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const value = 'value' in entry ? Number(entry.value) : 0
            root.dataset.shift = String(Number(root.dataset.shift) + value)
          }
        }).observe({ type: 'layout-shift' })
      })
      for (let step = 1; step <= 5; step += 1) {
        const cpu_pct = 11 * step
        const change = { latest: { cpu_pct, net_rx_bps: 10 ** (step + 3) } }
        server.delta(Object.fromEntries(server.fleet.map(({ id }) => [id, change])))
        await page
          .locator('mon-server-card', { hasText: `${cpu_pct}%` })
          .first()
          .waitFor()
      }
      const shift = await page.evaluate(() => document.documentElement.dataset.shift)
      expect(Number(shift)).toBeLessThan(0.001)
    })

    it('is browsed page by page by who chooses so, with all of a page in the document', async () => {
      const { page, complaints } = await open(await serve(gpuFleet(120)))
      const switching = page.getByRole('button', { name: 'Browse page by page' })
      await switching.focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => page.locator('mon-server-card').count()).toBe(50)
      await page.getByText('1–50 of 120').waitFor()
      await page.getByRole('button', { name: 'Next page' }).click()
      await page.getByText('51–100 of 120').waitFor()
      expect(new URL(page.url()).search).toBe('?page=2')
      const first = page.locator('mon-server-card').first()
      expect(await first.getAttribute('aria-posinset')).toBe('51')
      await page.reload()
      await page.getByText('51–100 of 120').waitFor()
      await page.getByRole('button', { name: 'Browse by scrolling' }).focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => page.locator('mon-server-card').count()).toBeLessThan(50)
      expect(complaints).toEqual([])
    })
  })

  it('folds the widgets of one kind on all cards, and remembers it', async () => {
    const { page } = await open(await serve())
    const cells = page.locator('gpu-cells div[role=img]')
    await page.locator('gpu-cells summary').first().click()
    await expect.poll(() => cells.filter({ visible: true }).count()).toBe(0)
    await page.reload()
    await page.locator('gpu-cells summary').first().waitFor()
    expect(await cells.filter({ visible: true }).count()).toBe(0)
    await page.locator('gpu-cells summary').nth(1).click()
    await expect.poll(() => cells.filter({ visible: true }).count()).toBeGreaterThan(3)
  })

  it('takes a cell of a plugin as a column that has its title', async () => {
    const server = await serve(sampleFleet(), [openFilesCell])
    const { page } = await open(server, '/?view=table')
    await page.getByRole('columnheader', { name: 'Open files' }).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'gpu-01' })
    await row.getByText('Open files 1200').waitFor()
    server.delta({ 1: { latest: { open_files: 77 } } })
    await row.getByText('Open files 77').waitFor()
  })

  describe('when the line is gone', () => {
    it('takes the fleet anew after the machine has slept', async () => {
      const server = await serve(gpuFleet(3))
      const { page } = await open(server)
      await page.getByRole('link', { name: 'h100-0001' }).waitFor()
      await page.clock.install()
      await page.reload()
      await page.getByRole('link', { name: 'h100-0001' }).waitFor()
      server.fleet = server.fleet.map((each) => ({ ...each, name: `${each.name}-woken` }))
      await page.clock.fastForward('30:00')
      await page.clock.runFor(1000)
      await page.getByRole('link', { name: 'h100-0001-woken' }).waitFor()
    })

    it('drains the colours, counts the age on, and recovers without a reload', async () => {
      const server = await serve(gpuFleet(3))
      const { page } = await open(server)
      await page.getByRole('link', { name: 'h100-0001' }).waitFor()
      const filter = () =>
        page
          .locator('.track > i')
          .first()
          .evaluate((bar) => getComputedStyle(bar).filter)
      expect(await filter()).toBe('none')
      await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
      server.refuse()
      await page.getByText('Live connection lost', { exact: true }).waitFor()
      expect(await filter()).toBe('saturate(0.2)')
      const age = page.locator('mon-server-card time').first()
      const before = await age.innerText()
      await expect.poll(() => age.innerText(), { timeout: 5000 }).not.toBe(before)
      server.accept()
      await page.getByText('Live connection lost', { exact: true }).waitFor({ state: 'detached' })
      expect(await filter()).toBe('none')
      expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
    })
  })

  it.each([
    ['/', 320, 'dark', 'zh-CN'],
    ['/?view=table', 1440, 'dark', 'zh-CN'],
    ['/?view=table', 900, 'light', 'en-US'],
    ['/?view=table', 390, 'light', 'zh-CN'],
    ['/?view=table', 320, 'dark', 'en-US'],
    ['/?q=nothing&tag=gone&status=offline', 320, 'light', 'en-US'],
  ] as const)(
    'is whole and accessible: %s at %d px, %s, %s',
    async (path, width, colorScheme, locale) => {
      const fleet = [
        ...gpuFleet(60),
        ...sampleFleet().map((each) => ({ ...each, id: each.id + 900 })),
      ]
      const server = await serve(fleet, [gpuCells, openFilesCell])
      const viewport = { width, height: 900 }
      const { page, complaints } = await open(server, path, { colorScheme, locale, viewport })
      await page.locator('mon-server-card, mon-server-row, .empty h2').first().waitFor()
      await expectWhole({ page, complaints })
    },
  )
})

const gpuCells: TestWidget = {
  plugin: 'gpu',
  tag: 'gpu-cells',
  slot: 'overview.card',
  module: new URL('./widgets/gpu-cells.js', import.meta.url),
  title: { en: 'GPU', 'zh-CN': 'GPU' },
}
const openFilesCell: TestWidget = {
  plugin: 'open-files',
  tag: 'open-files-count',
  slot: 'overview.cell',
  module: new URL('./widgets/open-files.js', import.meta.url),
  title: { en: 'Open files', 'zh-CN': '打开的文件' },
}

function names(page: Page): Promise<string[]> {
  return page.locator('mon-server-card h2').allInnerTexts()
}

function rowNames(page: Page): Promise<string[]> {
  return page.locator('mon-server-row [role=rowheader] a').allInnerTexts()
}

/** How many the filter lets through, of which the window shows some. */
async function total(page: Page): Promise<number> {
  const size = await page.locator('mon-server-card').first().getAttribute('aria-setsize')
  return Number(size)
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent?.trim())
}

function nodes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document)
    let count = 1
    while (walker.nextNode()) count += 1
    return count
  })
}
