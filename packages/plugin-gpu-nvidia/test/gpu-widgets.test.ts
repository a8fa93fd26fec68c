import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { someLooks } from '../../ui-kit/test/looks.js'
import { cards, finder, table, trainDetail, withGpuBrowser } from './gpu-browser.js'
import { gpuServers } from './gpu-servers.js'

it('The code of the widgets is at most 15 kB, compressed', () => {
  const sizes = ['gpu-overview.js', 'gpu-pages.js'].map((file) => {
    const code = readFileSync(new URL(`../dist/${file}`, import.meta.url))
    expect(code.toString()).not.toContain('Lit is in dev mode')
    return gzipSync(code).length
  })
  expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(15_000)
})

/** A busy machine takes its time. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })

const card = (page: Page, name: string) =>
  page
    .locator('mon-server-card')
    .filter({ has: page.getByRole('heading', { name }) })
    .locator('gpu-nvidia-card')
const text = async (page: Page, name: string) =>
  (await card(page, name).innerText()).replace(/\s+/g, ' ').trim()
const row = (page: Page, name: string) =>
  page.locator('mon-server-row').filter({ hasText: name }).locator('gpu-nvidia-cell')

describe.skipIf(!chromiumPath)('The widgets in a real browser', () => {
  const gpu = withGpuBrowser()
  const { open, check } = gpu

  it.each(
    someLooks.map((look, index) => ({
      ...look,
      place: [cards, table, trainDetail, finder][index],
    })),
  )(
    'are whole and accessible: $place.name, $colorScheme, $locale, $width px',
    async ({ place, ...look }) => {
      await check(place ?? cards, look)
    },
  )

  describe('on the cards of the overview', () => {
    const tall = { viewport: { width: 1440, height: 2400 } }

    it('say how many GPUs of which kind there are, and how each fares', async () => {
      const { page } = await open('/?sort=name', tall)
      await card(page, 'ws-4090-cv').waitFor()
      expect(await text(page, 'h100-train-01')).toBe(
        'GPU 8 × H100 80GB 2 free 84 °C 68 88 87 84° 93 74 Free Free',
      )
      expect(await text(page, 'a100-lost')).toBe(
        'GPU 3 × A100 80GB 1 failed 1 free 62 °C 50 Free 76 Lost',
      )
      expect(await text(page, 'mixed-01')).toBe(
        'GPU 5 GPUs, 2 models 1 failed 1 stale 40 °C 79 50 Error Sleep –',
      )
      expect(await text(page, 'old-agent')).toBe('GPU 2 × A40 1 free 20 Free')
      expect(await text(page, 'ws-4090-cv')).toBe('GPU 1 × RTX 4090 1 free 34 °C Free')
      expect(await card(page, 'h100-train-01').getByRole('img').getAttribute('aria-label')).toBe(
        '8 GPUs, 2 free, hottest 84 °C',
      )
    })

    it('tell a server without GPUs from one whose driver fails', async () => {
      const { page } = await open('/?sort=name', tall)
      await card(page, 'storage-nas-01').waitFor()
      expect(await text(page, 'storage-nas-01')).toBe('No GPU')
      expect(await text(page, 'broken-driver')).toBe('GPU error')
      await page.getByRole('button', { name: '中文' }).click()
      await eventually(() => text(page, 'storage-nas-01')).toBe('无GPU设备')
      expect(await text(page, 'broken-driver')).toBe('GPU 采集失败')
      expect(await text(page, 'mixed-01')).toContain('5 块 GPU，2 种型号')
    })

    it('draw sixteen, and lead to the others', async () => {
      const { page } = await open('/?sort=name', tall)
      const pool = card(page, 'pool-20x-l40s')
      await pool.waitFor()
      expect(await pool.locator('.gpu-cell').count()).toBe(16)
      expect(await card(page, 'dgx2-shared').locator('.gpu-more').count()).toBe(0)
      await pool.getByRole('link', { name: '4 more GPUs, see the details' }).click()
      await page.locator('gpu-nvidia-detail').waitFor()
      expect(new URL(page.url()).pathname).toBe(`/servers/${gpu.ui.idOf('pool-20x-l40s')}`)
      await eventually(() =>
        page.locator('gpu-nvidia-detail table').first().locator('tbody tr').count(),
      ).toBe(20)
    })

    it('fold all at once, and stay folded after a reload', async () => {
      const { page } = await open('/?sort=name', tall)
      await card(page, 'h100-train-01').locator('summary').click()
      await card(page, 'dgx2-shared').locator('details:not([open])').waitFor()
      await page.reload()
      await card(page, 'h100-train-01').locator('details:not([open])').waitFor()
      expect(await page.locator('.gpu-cell').count()).toBe(0)
      await card(page, 'dgx2-shared').locator('summary').focus()
      await page.keyboard.press('Enter')
      await card(page, 'h100-train-01').locator('.gpu-cell').first().waitFor()
    })

    it('follow what the agents say, ask for nothing, and move nothing', async () => {
      const { page } = await open('/?sort=name', tall)
      await card(page, 'ws-4090-cv').locator('.gpu-cell').waitFor()
      const asked: string[] = []
      page.on('request', ({ url }) => asked.push(url()))
      const height = () => card(page, 'old-agent').evaluate((element) => element.clientHeight)
      const before = await height()
      const agent = gpu.ui.agents.get('old-agent')
      const said = gpuServers['old-agent'] ?? {}
      const gpus = [90, 97].map((util_pct, index) => ({ index, name: 'NVIDIA A40', util_pct }))
      agent?.says({ ...said, gpus })
      await eventually(() => text(page, 'old-agent')).toBe('GPU 2 × A40 90 97')
      expect(await height()).toBe(before)
      expect(asked).toEqual([])
      agent?.says(said)
    })

    it('say what a cell stands for when somebody points at it', async () => {
      const { page } = await open('/?sort=name', tall)
      const cell = card(page, 'h100-train-01').locator('.gpu-cell').nth(3)
      await cell.hover()
      expect(await cell.getAttribute('title')).toBe(
        'GPU 3 NVIDIA H100 80GB HBM3\nUtilisation 64%\nMemory 75.2 / 79.6 GB\nTemperature 84 °C\nPower 694 W',
      )
    })
  })

  it('are a slim bar each in the table', async () => {
    const { page } = await open('/?view=table')
    await row(page, 'pool-20x-l40s').waitFor()
    expect(await row(page, 'h100-train-01').locator('.gpu-cell').count()).toBe(8)
    expect((await row(page, 'pool-20x-l40s').innerText()).trim()).toBe('+4')
    expect((await row(page, 'storage-nas-01').innerText()).trim()).toBe('No GPU')
    expect((await row(page, 'broken-driver').innerText()).trim()).toBe('GPU error')
    const { height } = (await row(page, 'pool-20x-l40s').boundingBox()) ?? { height: 99 }
    expect(height).toBeLessThanOrEqual(40)
  })

  describe("on a server's page", () => {
    const rowOf = (page: Page, name: RegExp) =>
      page.locator('gpu-nvidia-detail').getByRole('row', { name })

    it('tell every card, its users and why it is slow', async () => {
      const { page } = await open(`/servers/${gpu.ui.idOf('h100-train-01')}`)
      const hot = rowOf(page, /^3\s*NVIDIA H100/)
      await hot.waitFor()
      expect((await hot.innerText()).replace(/\s+/g, ' ')).toBe(
        '3 NVIDIA H100 80GB HBM3 Slowed down: too hot (driver) Slowed down: at its power limit 64% 75.2 / 79.6 GB hot 84°C 694 / 700 W lihua',
      )
      expect(await rowOf(page, /^6\s*NVIDIA H100/).innerText()).toMatch(/Free/)
      const train = rowOf(page, /^python train\.py/)
      expect((await train.innerText()).replace(/\s+/g, ' ')).toBe(
        'python train.py --cfg vit_l --bs 512 18244 zhangwei 0, 1, 2 168GB 3f4d2c1b0a99',
      )
    })

    it('say what is wrong with each card, and why the collector fails', async () => {
      const { page } = await open(`/servers/${gpu.ui.idOf('mixed-01')}`)
      await rowOf(page, /Cannot be read: the driver does not answer at this card/).waitFor()
      await rowOf(page, /Old values.*ago/).waitFor()
      await rowOf(page, /Asleep/).waitFor()
      await rowOf(page, /2 MIG instances/).waitFor()
      await page.locator('gpu-nvidia-detail').getByText('COLLECTOR_TIMEOUT').waitFor()
      await page.locator('.gpu-more-facts summary').click()
      await rowOf(page, /3g\.40gb.*1 \/ 0/).waitFor()
    })

    it('tell a server without GPUs from one whose driver fails', async () => {
      const { page } = await open(`/servers/${gpu.ui.idOf('storage-nas-01')}`)
      await page.locator('gpu-nvidia-detail').getByText('No GPU', { exact: true }).waitFor()
      await page.goto(`${gpu.ui.url}/servers/${gpu.ui.idOf('broken-driver')}`)
      await page.locator('gpu-nvidia-detail').getByText('COLLECTOR_FAILED').waitFor()
    })

    it('chart every card, and zoom with the page', async () => {
      const { page } = await open(`/servers/${gpu.ui.idOf('h100-train-01')}`)
      const chart = page.locator('gpu-nvidia-charts mon-chart')
      await eventually(() => chart.locator('h3').allInnerTexts()).toEqual([
        'Utilisation',
        'Memory',
        'Temperature',
        'Power',
      ])
      const plot = chart.first().getByRole('img')
      await plot.locator('canvas').waitFor()
      await plot.focus()
      await page.keyboard.press('+')
      await page.getByRole('button', { name: 'Reset zoom' }).click()
      expect(new URL(page.url()).search).toBe('')
    })

    it('ask before a lost card is forgotten', async () => {
      const { page } = await open(`/servers/${gpu.ui.idOf('a100-lost')}`)
      await rowOf(page, /Lost.*ago/).waitFor()
      await page.getByRole('button', { name: /^Forget GPU 3/ }).click()
      const dialog = page.getByRole('alertdialog')
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await rowOf(page, /Lost.*ago/).waitFor()
    })
  })

  describe('on the page of the fleet', () => {
    it('find free GPUs by what is typed, and keep it in the address', async () => {
      const { page, complaints } = await open('/p/gpu-nvidia')
      const found = page.getByRole('table', { name: 'Servers with free GPUs' })
      await found.waitFor()
      const steps = await page.evaluate(() => history.length)
      await page.getByLabel('How many, in one server').fill('2')
      await page.getByLabel('Model contains').fill('l40s')
      await eventually(() => found.locator('tbody tr').count()).toBe(1)
      expect(new URL(page.url()).search).toBe('?count=2&model=l40s')
      expect(await page.evaluate(() => history.length)).toBe(steps)
      await found.getByText('CUDA_DEVICE_ORDER=PCI_BUS_ID CUDA_VISIBLE_DEVICES=5,12').waitFor()
      await found.getByText('127.0.0.1').waitFor()
      await page.reload()
      await found.getByText('CUDA_VISIBLE_DEVICES=5,12').waitFor()
      await page.getByLabel('How many, in one server').fill('0')
      await page.getByText('Use a whole number from 1 to 64').waitFor()
      await page.getByLabel('How many, in one server').fill('9')
      await page.getByText('No such GPUs are free now').waitFor()
      expect(complaints).toEqual([])
    })

    it('say who uses what, and list the processes of whoever is chosen', async () => {
      const { page } = await open('/p/gpu-nvidia')
      const users = page.getByRole('table', { name: 'Who uses what' })
      const first = users.locator('tbody tr').first()
      await eventually(async () => (await first.innerText()).replace(/\s+/g, ' ')).toBe(
        'lihua 3 194GB 3 h100-train-01',
      )
      await users.getByRole('button', { name: 'zhangwei' }).click()
      const processes = page.getByRole('table', { name: 'Processes of zhangwei' })
      expect(await processes.locator('tbody tr').count()).toBe(3)
      expect(new URL(page.url()).search).toBe('?user=zhangwei')
      await page.goBack()
      await processes.waitFor({ state: 'detached' })
    })

    it('name the cards in trouble, those that vanished among them', async () => {
      const { page } = await open('/p/gpu-nvidia')
      const trouble = page.getByRole('table', { name: 'GPUs that need a look' })
      await trouble.getByRole('row', { name: /a100-lost.*Lost.*ago/ }).waitFor()
      await trouble.getByRole('row', { name: /mixed-01.*Cannot be read/ }).waitFor()
      await trouble.getByRole('row', { name: /h100-train-01.*84.*too hot/ }).waitFor()
      await trouble.getByRole('link', { name: 'a100-lost' }).click()
      await page.getByRole('heading', { level: 1, name: 'a100-lost' }).waitFor()
    })

    it('forget a card that was taken out for good', async () => {
      const { page } = await open('/p/gpu-nvidia')
      const lost = page.getByRole('row', { name: /a100-lost.*Lost/ })
      await lost.getByRole('button', { name: 'Forget GPU 3' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click()
      await page.getByRole('status').filter({ hasText: 'is forgotten' }).waitFor()
      await lost.waitFor({ state: 'detached' })
    })

    it('say why something cannot be asked for, and go on with the rest', async () => {
      const { page } = await open('/')
      const problem = { code: 'INTERNAL', detail: 'It broke.', hint: 'Look at the log.' }
      const refuse = { status: 500, json: problem }
      await page.route('**/api/gpus/processes', (route) => route.fulfill(refuse))
      await page.getByRole('navigation').getByRole('link', { name: 'GPU' }).first().click()
      await page.getByRole('table', { name: 'Servers with free GPUs' }).waitFor()
      await page.locator('gpu-nvidia-page').getByText('INTERNAL').waitFor()
      await page.unroute('**/api/gpus/processes')
      await page.getByRole('button', { name: 'Retry' }).click()
      await page.getByRole('table', { name: 'Who uses what' }).waitFor()
    })
  })
})
