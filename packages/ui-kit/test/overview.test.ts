import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { expectWhole, violations } from './accessibility.js'
import { sampleFleet } from './fleet.js'
import { someLooks } from './looks.js'
import type { TestWidget, UiServer } from './ui-server.js'
import { withBrowser } from './with-browser.js'

describe.skipIf(!chromiumPath)('The overview in a real browser', () => {
  const { serve, open: openPage } = withBrowser()
  const open = (server: UiServer, options: BrowserContextOptions = {}, path = '/') =>
    openPage(server, path, options)

  const card = (page: Page, name: string) =>
    page.locator('mon-server-card').filter({ has: page.getByRole('heading', { name }) })

  const words = { 'zh-CN': ['总览', '离线'], 'en-US': ['Overview', 'Offline'] } as const

  it.each(someLooks)(
    'is whole and accessible: $colorScheme, $locale, $width px',
    async ({ colorScheme, locale, width }) => {
      const server = await serve([openFiles])
      const viewport = { width, height: 900 }
      const { page, complaints } = await open(server, { colorScheme, locale, viewport })
      const [title, offline] = words[locale]
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await card(page, 'gpu-04').getByText(offline, { exact: true }).waitFor()
      await card(page, 'gpu-01').locator('open-files-count').getByText('1200').waitFor()

      await expectWhole({ page, complaints })
    },
  )

  it('shows a server as the aggregator told of it', async () => {
    const { page } = await open(await serve())
    const text = async (name: string) => (await card(page, name).innerText()).replace(/\s+/g, ' ')
    await card(page, 'gpu-01').waitFor()
    expect(await text('gpu-01')).toMatch(
      /gpu-01 Online 10\.12\.4\.71 Up 182 days CPU 46% Memory 61% Disk 72% In 9\.3MB\/s Out 38\.9MB\/s \ds ago/,
    )
    expect(await text('gpu-03')).toMatch(
      /Warning.*gpu-nvidia: COLLECTOR_TIMEOUT nvidia-smi did not/,
    )
    expect(await text('gpu-04')).toMatch(
      /Offline.*Last seen 12m ago.*AGENT_TIMEOUT GET.*Is the agent/,
    )
    expect(
      await card(page, 'storage-01').getByRole('meter', { name: 'Disk' }).getAttribute('class'),
    ).toContain('over')
  })

  it('puts problems first', async () => {
    const { page } = await open(await serve())
    await card(page, 'gpu-01').waitFor()
    const names = await page.locator('mon-server-card h2').allInnerTexts()
    expect(names.map((name) => name.slice(0, 8))).toEqual([
      'gpu-04',
      'gpu-03',
      'new-mach',
      'gpu-01',
      'gpu-02',
      'storage-',
      'spare-01',
    ])
  })

  it('follows every change without a reload', async () => {
    const server = await serve()
    const { page } = await open(server)
    const cpu = card(page, 'gpu-01').getByRole('meter', { name: 'CPU' })
    await cpu.waitFor()
    server.delta({
      1: { latest: { cpu_pct: 77.4 } },
      2: null,
      8: { ...sampleFleet()[0], id: 8, name: 'gpu-08' },
    })
    await page.locator('mon-server-card', { hasText: '77%' }).waitFor()
    expect(await cpu.getAttribute('aria-valuenow')).toBe('77')
    await card(page, 'gpu-08').waitFor()
    expect(await card(page, 'gpu-02').count()).toBe(0)
    server.delta({ 1: { state: 'offline' } })
    await card(page, 'gpu-01').getByText('Offline').waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: 'gpu-01 went offline' })
      .waitFor({ state: 'attached' })
  })

  it('counts on the age of what it shows', async () => {
    const { page } = await open(await serve())
    const age = card(page, 'gpu-01').locator('time')
    const first = await age.innerText()
    await page.waitForFunction(
      ([element, text]) => element instanceof HTMLElement && element.innerText !== text,
      [await age.elementHandle(), first] as const,
    )
  })

  it('filters by state, and keeps the filter in the address', async () => {
    const server = await serve()
    const { page } = await open(server)
    const offline = page.getByRole('button', { name: /^Offline/ })
    await offline.click()
    expect(await page.locator('mon-server-card h2').allInnerTexts()).toEqual(['gpu-04'])
    expect(new URL(page.url()).search).toBe('?status=offline')
    await page.reload()
    expect(await offline.getAttribute('aria-pressed')).toBe('true')
    server.delta({ 5: { state: 'online' } })
    await page.getByRole('button', { name: 'Clear filter' }).click()
    expect(new URL(page.url()).search).toBe('')
    await page.goBack()
    await page.getByText('No servers match').waitFor()
  })

  it('keeps the order while the pointer is in the list', async () => {
    const server = await serve()
    const { page } = await open(server)
    await card(page, 'gpu-02').hover()
    server.delta({ 2: { state: 'offline' } })
    await card(page, 'gpu-02').getByText('Offline').waitFor()
    const names = () => page.locator('mon-server-card h2').allInnerTexts()
    expect((await names())[0]).toBe('gpu-04')
    await page.getByRole('heading', { level: 1 }).hover()
    await expect.poll(async () => (await names())[0]).toBe('gpu-02')
  })

  it('says that the connection is lost, and recovers by itself', async () => {
    const server = await serve()
    const { page, complaints } = await open(server)
    await card(page, 'gpu-01').waitFor()
    server.refuse()
    await page.getByText('Live connection lost', { exact: true }).waitFor()
    await page.locator('.is-stale').waitFor()
    await page.getByText(/Reconnect attempt 2/).waitFor()
    expect(await violations(page)).toEqual([])
    const unexpected = complaints.filter((text) => !text.startsWith('Failed to load resource'))
    expect(unexpected).toEqual([])

    server.fleet = [...server.fleet.slice(1)]
    server.accept()
    await page.getByText('Live connection lost', { exact: true }).waitFor({ state: 'detached' })
    expect(await card(page, 'gpu-01').count()).toBe(0)
    expect(await page.locator('.is-stale').count()).toBe(0)
  })

  it('says why nothing can be loaded, and tries again on demand', async () => {
    const server = await serve()
    server.refuse()
    const { page } = await open(server)
    await page.getByText('Servers could not be loaded').waitFor()
    await page.getByText('DATABASE_UNAVAILABLE').waitFor()
    await page.getByText('request-id 7f3c9a12').waitFor()
    expect(await violations(page)).toEqual([])
    server.accept()
    await page.getByRole('button', { name: 'Retry now' }).click()
    await card(page, 'gpu-01').waitFor()
  })

  it('tells a newcomer with no servers how to add one', async () => {
    const server = await serve([], [])
    const { page, complaints } = await open(server)
    await page.getByText('No servers yet').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Add server' }).click()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/servers?edit=new')
    expect(complaints).toEqual([])
  })

  it('closes the stream of a hidden tab and takes the whole fleet again on return', async () => {
    const server = await serve()
    const { page } = await open(server)
    await card(page, 'gpu-01').waitFor()
    await setHidden(page, true)
    await expect.poll(server.readers).toBe(0)
    server.fleet = server.fleet.map((each) => ({ ...each, name: `${each.name}-renamed` }))
    await setHidden(page, false)
    await card(page, 'gpu-01-renamed').waitFor()
  })

  it('switches language and theme without a reload, and remembers both', async () => {
    const { page } = await open(await serve([openFiles]), { colorScheme: 'light' })
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    await card(page, 'gpu-01').getByText('打开的文件 1200').waitFor()
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    const theme = page.getByRole('button', { name: /^主题/ })
    await theme.click()
    await theme.click()
    expect(await background()).not.toBe(light)
    const dark = await background()
    await page.reload()
    await page.getByRole('heading', { name: '总览' }).waitFor()
    expect(await background()).toBe(dark)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  })

  it('has theme, language and what runs here in a menu on a phone', async () => {
    const { page } = await open(await serve(), { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'About' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
  })

  describe('with widgets of plugins', () => {
    it('updates a widget when its field changes, and one of lit shares the one copy of it', async () => {
      const server = await serve([openFiles, litFiles])
      const { page, complaints } = await open(server)
      await card(page, 'gpu-01').getByText('Open files 1200').waitFor()
      await card(page, 'gpu-01').getByRole('meter', { name: 'Lit files' }).waitFor()
      server.delta({ 1: { latest: { open_files: 4200 } } })
      await card(page, 'gpu-01').getByText('Open files 4200').waitFor()
      await card(page, 'gpu-01').getByText('42%').waitFor()
      expect(await page.evaluate('globalThis.litElementVersions.length')).toBe(1)
      expect(complaints).toEqual([])
    })

    it('gives a widget that throws a card of its own, and the rest lives on', async () => {
      const { page, complaints } = await open(await serve([openFiles, throwing]))
      await card(page, 'gpu-01').getByText('throwing failed to load').waitFor()
      await card(page, 'gpu-01').getByText('The widget has no floor to stand on').waitFor()
      await card(page, 'gpu-01').getByText('Open files 1200').waitFor()
      expect(await violations(page)).toEqual([])
      await card(page, 'gpu-01').getByRole('button', { name: 'Retry' }).click()
      await card(page, 'gpu-01').getByText('standing').waitFor()
      expect(complaints).toEqual([])
    })

    it('catches a widget of lit that fails later, as it renders', async () => {
      const server = await serve([litFiles])
      const { page } = await open(server)
      await card(page, 'gpu-01').getByRole('meter', { name: 'Lit files' }).waitFor()
      server.delta({ 1: { latest: { open_files: 666 } } })
      await card(page, 'gpu-01').getByText('This number cannot be shown').waitFor()
      await card(page, 'gpu-02').getByRole('meter', { name: 'Lit files' }).waitFor()
    })

    it('says so when a module is missing, or does not define its element', async () => {
      const { page } = await open(
        await serve([
          { ...throwing, tag: 'throwing-other' },
          {
            ...throwing,
            tag: 'throwing-gone',
            module: new URL('./widgets/gone.js', import.meta.url),
          },
        ]),
      )
      await card(page, 'gpu-01').getByText('does not define the element <throwing-other>').waitFor()
      await card(page, 'gpu-01').getByText('Failed to fetch dynamically imported module').waitFor()
    })

    it('asks before, and says afterwards, what a widget does for its user', async () => {
      const { page, complaints } = await open(await serve([acting]))
      await card(page, 'gpu-01').getByRole('button', { name: 'Delete' }).click()
      const dialog = page.getByRole('alertdialog', { name: 'Delete gpu-01?' })
      await dialog.waitFor()
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Cancel')
      expect(await violations(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      expect(await page.getByRole('alert').count()).toBe(0)

      await card(page, 'gpu-01').getByRole('button', { name: 'Delete' }).click()
      await dialog.getByRole('button', { name: 'Delete' }).click()
      const failure = page.getByRole('alert')
      await failure.getByText('DELETE /api/nowhere → 404').first().waitFor()
      expect(await violations(page)).toEqual([])
      await failure.getByRole('button', { name: 'Close' }).click()
      expect(await failure.count()).toBe(0)
      expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
    })

    it('gives a page to a plugin that brings one', async () => {
      const page_ = { ...openFiles, slot: 'nav.page', path: '/p/open-files' } as const
      const { page, complaints } = await open(await serve([page_]), {}, '/p/open-files')
      await page.getByRole('navigation').getByRole('link', { name: 'Open files' }).waitFor()
      await page.locator('main open-files-count').waitFor()
      await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click()
      await card(page, 'gpu-01').waitFor()
      expect(new URL(page.url()).pathname).toBe('/')
      expect(complaints).toEqual([])
    })
  })
})

const openFiles: TestWidget = {
  plugin: 'open-files',
  tag: 'open-files-count',
  slot: 'overview.card',
  module: new URL('./widgets/open-files.js', import.meta.url),
  title: { en: 'Open files', 'zh-CN': '打开的文件' },
}
const litFiles: TestWidget = {
  plugin: 'lit-files',
  tag: 'lit-files-meter',
  slot: 'overview.card',
  module: new URL('./widgets/lit-files.js', import.meta.url),
  title: { en: 'Files by lit', 'zh-CN': 'lit 文件' },
}
const acting: TestWidget = {
  plugin: 'acting',
  tag: 'acting-button',
  slot: 'overview.card',
  module: new URL('./widgets/acting.js', import.meta.url),
  title: { en: 'Acting', 'zh-CN': '操作' },
}
const throwing: TestWidget = {
  plugin: 'throwing',
  tag: 'throwing-thing',
  slot: 'overview.card',
  module: new URL('./widgets/throwing.js', import.meta.url),
  title: { en: 'Throwing', 'zh-CN': '出错' },
}

/** As if the user went to another tab: a headless browser shows every page. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}
