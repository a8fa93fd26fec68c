import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, launchOptions } from './chromium.js'
import { type FullStack, startFullStack } from './full-stack.js'

/** The whole of it, as an operator uses it: real programs, a real browser, nothing in between. */
describe.skipIf(chromiumPath === null)('The web UI', { timeout: 90_000 }, () => {
  let stack: FullStack
  let browser: Browser
  let contexts: BrowserContext[] = []

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions)
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    stack = await startFullStack()
  })
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    contexts = []
    await stack.stop()
  })

  it('is used by keyboard alone: add, test, edit, disable, enable, search, delete', async () => {
    const { page, problems } = await open('/')
    const { press, type, go } = keyboard(page)

    await page.getByRole('heading', { name: 'No servers yet' }).waitFor()
    await go(page.getByRole('link', { name: 'Add server' }))
    await press('Enter')
    const form = page.getByRole('dialog', { name: 'Add server' })
    await expect.poll(() => hasFocus(form.getByLabel('Name'))).toBe(true)
    await type('gpu-01')
    await go(form.getByLabel('Agent address'))
    await type(stack.agent.url)
    await go(form.getByRole('button', { name: 'Test connection' }))
    await press('Enter')
    await form.getByText('Agent answers').waitFor()
    await go(form.getByRole('button', { name: 'Add server' }))
    await press('Enter')
    await form.waitFor({ state: 'detached' })
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
    await row('gpu-01').getByText('OK').waitFor()

    await press('g', 'o')
    await page.getByRole('listitem').getByRole('link', { name: 'gpu-01' }).waitFor()
    await press('g', 's')
    await go(page.getByRole('link', { name: 'Edit gpu-01' }))
    await press('Enter')
    const edit = page.getByRole('dialog', { name: 'Edit gpu-01' })
    await expect.poll(() => hasFocus(edit.getByLabel('Name'))).toBe(true)
    await press('ControlOrMeta+a')
    await type('training-01')
    await go(edit.getByLabel('Tags'))
    await type('H100, new')
    await press('Enter')
    await edit.waitFor({ state: 'detached' })
    await row('training-01').getByText('H100').waitFor()
    await expect
      .poll(() => hasFocus(page.getByRole('link', { name: 'Edit training-01' })))
      .toBe(true)

    const collecting = page.getByRole('switch', { name: 'Collect from training-01' })
    await go(collecting)
    await press('Space')
    await row('training-01').getByText('Disabled').waitFor()
    await expect.poll(() => readServers().then(([server]) => server?.enabled)).toBe(false)
    expect(await hasFocus(collecting)).toBe(true)
    await press('Space')
    await row('training-01').getByText('OK').waitFor()
    await expect.poll(() => readServers().then(([server]) => server?.enabled)).toBe(true)

    // Away from the switch, where a key is the switch's own.
    await go(page.getByRole('button', { name: 'Test training-01' }))
    await press('Enter')
    await page.getByText(/^training-01 answers: \d+ ms/).waitFor()
    await press('/')
    await type('no such')
    await page.getByRole('heading', { name: 'No servers match' }).waitFor()
    await press('ControlOrMeta+a')
    await type('new')
    await row('training-01').waitFor()

    await go(page.getByRole('button', { name: 'Delete training-01' }))
    await press('Enter')
    const question = page.getByRole('alertdialog', { name: 'Delete training-01?' })
    expect(await hasFocus(question.getByRole('button', { name: 'Cancel' }))).toBe(true)
    await press('Tab', 'Enter')
    await page.getByRole('heading', { name: 'No servers yet' }).waitFor()
    expect(await readServers()).toEqual([])
    expect(problems).toEqual([])
  })

  it('speaks both languages and wears both themes, by keyboard, and remembers it', async () => {
    const { page } = await open('/servers', { colorScheme: 'light' })
    const { press, go } = keyboard(page)
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await page.getByRole('heading', { name: 'No servers yet' }).waitFor()
    const light = await background()
    await go(page.getByRole('button', { name: /^Theme: as the system/ }))
    await press('Enter', 'Enter')
    await expect.poll(background).not.toBe(light)
    await go(page.getByRole('button', { name: '中文' }))
    await press('Enter')
    await page.getByRole('heading', { name: '还没有服务器' }).waitFor()
    expect(await page.title()).toBe('服务器 · 机群监控')
    await page.reload()
    await page.getByRole('heading', { name: '还没有服务器' }).waitFor()
    expect(await background()).not.toBe(light)
  })

  it('is shared by its address: filter, sort and view are in it', async () => {
    await addServers(3)
    const { page } = await open('/servers')
    await page.getByRole('rowheader', { name: 'gpu-3' }).waitFor()
    await page.getByRole('searchbox').fill('odd')
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    const list = (shown: Page) => shown.getByRole('rowheader').allInnerTexts()
    await expect.poll(() => list(page)).toEqual(['gpu-3', 'gpu-1'])
    const other = await open(page.url().replace(stack.aggregator.url, ''))
    await expect.poll(() => list(other.page)).toEqual(['gpu-3', 'gpu-1'])

    await page.goto(stack.aggregator.url)
    await page.getByRole('button', { name: 'odd', exact: true }).click()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await page.getByRole('table').getByRole('button', { name: 'Server', exact: true }).click()
    await page.getByRole('table').getByRole('button', { name: 'Server', exact: true }).click()
    await page
      .getByRole('columnheader', { name: 'Server' })
      .and(page.locator('[aria-sort="descending"]'))
      .waitFor()
    await other.page.goto(page.url())
    await expect.poll(() => other.page.getByRole('rowheader').count()).toBe(2)
    await other.page
      .getByRole('columnheader', { name: 'Server' })
      .and(other.page.locator('[aria-sort="descending"]'))
      .waitFor()
  })

  it('disables, enables and deletes many at once', async () => {
    await addServers(3)
    const { page, problems } = await open('/servers')
    const bar = page.getByRole('group', { name: 'Selected servers' })
    const enabled = async () => (await readServers()).map((server) => server.enabled)
    await page.getByRole('checkbox', { name: 'Select gpu-1' }).click()
    await page.getByRole('checkbox', { name: 'Select gpu-2' }).click()
    await bar.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('Disabled 2 servers').waitFor()
    expect(await enabled()).toEqual([false, false, true])
    await bar.getByRole('button', { name: 'Enable' }).click()
    await page.getByText('Enabled 2 servers').waitFor()
    expect(await enabled()).toEqual([true, true, true])
    await bar.getByRole('button', { name: 'Delete' }).click()
    await page.getByLabel('Type 2 to confirm').fill('2')
    await page.getByRole('button', { name: 'Delete 2' }).click()
    await page.getByText('Deleted 2 servers').waitFor()
    await expect.poll(() => page.getByRole('rowheader').allInnerTexts()).toEqual(['gpu-3'])
    expect((await readServers()).map(({ name }) => name)).toEqual(['gpu-3'])
    expect(problems).toEqual([])
  })

  it('outlives the aggregator: killed and started again, the page recovers by itself', async () => {
    await addServers(1)
    const { page } = await open('/')
    const card = page.getByRole('listitem').filter({ hasText: 'gpu-1' })
    await card.getByText('Online').waitFor()
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''))
    const colours = () =>
      card
        .locator('.track i')
        .first()
        .evaluate((bar) => getComputedStyle(bar).filter)
    expect(await colours()).toBe('none')

    await stack.aggregator.kill()
    const banner = page.getByText('Live connection lost').first()
    await banner.waitFor()
    await expect.poll(colours).toBe('saturate(0.2)')
    const age = page.getByText(/Showing data from (\d+)/)
    const seconds = async () => Number(/from (\d+)/.exec(await age.innerText())?.[1])
    const before = await seconds()
    await expect.poll(seconds, { timeout: 15_000 }).toBeGreaterThan(before)

    await stack.startAggregator()
    await banner.waitFor({ state: 'detached', timeout: 60_000 })
    await expect.poll(colours).toBe('none')
    const figures = await card.innerText()
    await expect.poll(() => card.innerText(), { timeout: 20_000 }).not.toBe(figures)
    expect(await page.locator('[data-same-page]').count()).toBe(1)
  })

  async function open(path: string, options: { colorScheme?: 'light' | 'dark' } = {}) {
    const viewport = { width: 1440, height: 900 }
    const context = await browser.newContext({ locale: 'en-US', viewport, ...options })
    contexts.push(context)
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text())
    })
    page.on('pageerror', (error) => problems.push(error.message))
    await page.goto(stack.aggregator.url + path)
    return { page, problems }
  }

  /** All of them are the one agent, by different names. */
  async function addServers(count: number): Promise<void> {
    for (let index = 1; index <= count; index++) {
      const tags = index % 2 === 1 ? ['odd'] : []
      const { status } = await fetch(`${stack.aggregator.url}/api/servers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: `gpu-${index}`, base_url: stack.agent.url, tags }),
      })
      expect(status).toBe(201)
    }
  }

  async function readServers(): Promise<{ name: string; enabled: boolean }[]> {
    return (await fetch(`${stack.aggregator.url}/api/servers`)).json()
  }
})

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((it) => it === document.activeElement)
}

/** Keys and nothing else. */
function keyboard(page: Page) {
  return {
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key)
    },
    type: (text: string) => page.keyboard.type(text),
    /** By Tab, from wherever the focus is. */
    async go(to: Locator): Promise<void> {
      await to.waitFor()
      for (let steps = 0; steps < 100; steps++) {
        if (await hasFocus(to)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab does not lead to ${to}`)
    },
  }
}
