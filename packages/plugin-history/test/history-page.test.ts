import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { expectWhole } from '../../ui-kit/test/accessibility.js'
import { fewLooks } from '../../ui-kit/test/looks.js'
import { withBrowser } from '../../ui-kit/test/with-browser.js'
import { type HistoryUi, startHistoryUi } from './history-ui.js'

const query = (page: Page) => new URL(page.url()).search
const cells = (page: Page, column: number) =>
  page.locator(`.history-rows tbody tr :nth-child(${column})`).allInnerTexts()

describe.skipIf(!chromiumPath)('The page of the past', () => {
  let centre: HistoryUi
  const { open } = withBrowser()

  beforeAll(async () => {
    centre = await startHistoryUi(3, 24 * 9)
  })
  afterAll(() => centre?.stop())

  async function show(path = '/history', width = 1440) {
    const opened = await open(centre, path, { viewport: { width, height: 900 } })
    await opened.page.getByRole('heading', { level: 1, name: 'History' }).waitFor()
    return opened
  }

  it.each(fewLooks)(
    'is whole and accessible: $colorScheme, $locale, $width px',
    { timeout: 60_000 },
    async ({ width, ...look }) => {
      for (const path of [
        '/history',
        '/history?s=1&by=card&metric=gpu_util_pct',
        '/history?to=2020-02-01T00:00:00Z&from=2020-01-01T00:00:00Z',
      ]) {
        const { page, complaints } = await open(centre, path, {
          ...look,
          viewport: { width, height: 900 },
        })
        await page.locator('.history-rows tbody tr, .empty').first().waitFor()
        await expectWhole({ page, complaints })
      }
    },
  )

  it('begins with a week of all servers, the newest hour first', async () => {
    const { page, complaints } = await show()
    await page.getByText('1–20 of 493').waitFor()
    expect((await cells(page, 2)).slice(0, 3)).toEqual(['gpu-01', 'gpu-02', 'gpu-03'])
    await page.getByRole('img', { name: /CPU usage/ }).waitFor()
    expect(query(page)).toBe('')
    expect(complaints).toEqual([])
  })

  it('is found at its address of version 1.0, too', async () => {
    const { page } = await show('/history.html?s=1')
    expect(new URL(page.url()).pathname + query(page)).toBe('/history?s=1')
  })

  it('sorts by any column and turns pages, all in its address', async () => {
    const { page } = await show()
    await page.getByRole('button', { name: 'CPU usage avg' }).click()
    await expect.poll(() => query(page)).toBe('?sort=-cpu_pct_avg')
    const highest = async () => (await cells(page, 3)).map((text) => Number.parseFloat(text))
    await expect.poll(async () => (await highest())[0]).toBeGreaterThan(44)
    const first = await highest()
    expect(first).toEqual([...first].sort((a, b) => b - a))
    await page.getByRole('button', { name: 'Next page' }).click()
    await page.getByText('21–40 of 493').waitFor()
    expect(query(page)).toBe('?sort=-cpu_pct_avg&page=2')

    await page.reload()
    await page.getByText('21–40 of 493').waitFor()
    await page.goBack()
    await page.getByText('1–20 of 493').waitFor()
  })

  it('is filtered by servers, range, metric and columns, by keyboard alone, and shared as a link', async () => {
    const { page } = await show()
    await page.getByRole('combobox', { name: 'Servers' }).focus()
    await page.keyboard.type('gpu-02')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '1 day' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Busiest GPU', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Columns' }).focus()
    await page.keyboard.type('sent')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect
      .poll(() => query(page))
      .toBe('?s=2&range=24h&metric=gpu_util_pct&col=net_tx_bps_avg')

    const shared = await show(`/history${query(page)}`)
    // A day has 24 hours up to now, of which this server was off for eleven.
    await shared.page.getByRole('img', { name: /Busiest GPU/ }).waitFor()
    expect(await cells(shared.page, 2)).toEqual(Array(13).fill('gpu-02'))
    expect(await shared.page.getByRole('columnheader').allInnerTexts()).toEqual([
      'Time',
      'Server',
      'Network sent avg',
    ])
  })

  it('has a row for each card', async () => {
    const { page } = await show('/history?s=1')
    await page.getByRole('button', { name: 'By card' }).click()
    await page.getByText('1–5 of').waitFor()
    const cards = await cells(page, 3)
    expect(cards).toHaveLength(40)
    expect(cards[0]).toBe('0 · NVIDIA H100 80GB HBM3')
    expect(cards[7]).toBe('7 · NVIDIA H100 80GB HBM3')
  })

  it('zooms where somebody drags, and back', async () => {
    const { page } = await show('/history?s=1')
    const drawing = page.locator('.u-over').first()
    await drawing.waitFor()
    const box = await drawing.boundingBox()
    if (box === null) throw new Error('nothing is drawn')
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + 40, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => query(page)).toMatch(/^\?s=1&from=.*&to=/)
    await page.getByRole('button', { name: 'Custom', pressed: true }).waitFor()
    await page.goBack()
    await expect.poll(() => query(page)).toBe('?s=1')
    await page.getByRole('button', { name: '7 days', pressed: true }).waitFor()
  })

  it('says where the records begin when the range has none', async () => {
    const { page } = await show('/history?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')
    await page.getByText('No data in this range').waitFor()
    await page.getByText(/The earliest record of these servers is of /).waitFor()
    await page.getByRole('button', { name: 'Show the last 24 h' }).click()
    await page.getByText(/^1–20 of/).waitFor()
    expect(query(page)).toBe('?range=24h')
  })

  it('exports all rows of the filter as a file', async () => {
    const { page } = await show('/history?s=1&range=24h')
    const button = page.getByRole('button', { name: 'Export CSV' })
    await page.getByText(/of 24$/).waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    expect(download.suggestedFilename()).toMatch(/^mon-history_gpu-01_from-.*\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    expect(text.startsWith('\uFEFFserver_id,server,time,ts,')).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(25)
    await page.getByText(/^Exported mon-history_gpu-01/).waitFor()
  })

  it('stops an export that somebody no longer wants', async () => {
    const { page } = await show('/history?s=1')
    await page.route('**/hourly.csv?*', () => {})
    await page.getByText(/^1–20 of/).waitFor()
    await page.getByRole('button', { name: 'Export CSV' }).click()
    await page.getByRole('progressbar', { name: 'Exporting…' }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('The export was stopped').waitFor()
    await page.getByRole('button', { name: 'Export CSV' }).waitFor()
  })

  it('says why the rows cannot be had, and tries again on demand', async () => {
    const { page } = await open(centre, '/')
    await page.route('**/api/history/hourly?*', (route) => route.abort())
    await page.getByRole('link', { name: 'History' }).first().click()
    await page.getByText('The history could not be loaded').waitFor()
    await page.unroute('**/api/history/hourly?*')
    await page.getByRole('button', { name: 'Retry' }).first().click()
    await page.getByText('1–20 of 493').waitFor()
  })
})
