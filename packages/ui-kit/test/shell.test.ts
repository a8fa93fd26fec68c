import { definePlugin, MonError } from '@mon/core'
import { startTestAggregator } from '@mon/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { ui } from '../src/server/index.js'
import { sidewaysScroll, violations } from './accessibility.js'
import type { TestWidget } from './ui-server.js'
import { withBrowser } from './with-browser.js'

const phone = { viewport: { width: 390, height: 844 } }

/** A page of a plugin, with a field to search in. */
function pluginPage(name: string, path = `/p/${name}`): TestWidget {
  return {
    plugin: 'pages',
    tag: `pages-${name}`,
    slot: 'nav.page',
    module: new URL('./widgets/pages.js', import.meta.url),
    title: { en: `Page ${name}`, 'zh-CN': `页面 ${name}` },
    path,
  }
}

describe.skipIf(!chromiumPath)('The shell in a real browser', () => {
  const { serve, open } = withBrowser()
  const stops: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })

  describe('with the keyboard', () => {
    it('goes to pages, to the search field, and to the list of what keys do', async () => {
      const { page, complaints } = await open(await serve([pluginPage('history', '/history')]))
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('h')
      await page.getByRole('heading', { level: 1, name: 'history' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/history')
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
      await page
        .getByRole('status')
        .filter({ hasText: 'Page history · Fleet' })
        .waitFor({ state: 'attached' })

      await page.keyboard.press('/')
      const field = page.getByRole('searchbox')
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.type('g s?/')
      expect(await field.inputValue()).toBe('g s?/')
      await field.blur()

      await page.keyboard.press('?')
      const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      await dialog.getByText('Go to the history').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('g')
      await page.keyboard.press('s')
      expect(new URL(page.url()).pathname).toBe('/history')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })

      await page.keyboard.press('g')
      await page.keyboard.press('s')
      await page.getByRole('heading', { level: 1, name: 'Servers' }).waitFor()
      expect(complaints).toEqual([])
    })

    it('does none of it once its user has turned it off, after a reload too', async () => {
      const { page } = await open(await serve())
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('?')
      await page.getByRole('switch', { name: 'Use shortcuts' }).uncheck()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      for (const again of [false, true]) {
        if (again) await page.reload()
        await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
        await page.keyboard.press('g')
        await page.keyboard.press('s')
        await page.keyboard.press('?')
        expect(new URL(page.url()).pathname).toBe('/')
        expect(await page.getByRole('dialog').count()).toBe(0)
      }
    })

    it('skips to the content, and leaves the address as it was', async () => {
      const { page } = await open(await serve(), '/?status=offline')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
      expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('?status=offline')
    })
  })

  it('has at most five tabs on a phone, and the other pages under More', async () => {
    const names = ['a', 'b', 'c', 'd']
    const { page, complaints } = await open(
      await serve(names.map((name) => pluginPage(name))),
      '/',
      phone,
    )
    const tabs = page.getByRole('navigation', { name: 'Tabs' })
    await tabs.getByRole('link', { name: 'Page c' }).waitFor()
    expect(await tabs.locator('> a, > button').count()).toBe(5)
    await tabs.getByRole('button', { name: 'More' }).click()
    await tabs.getByRole('link', { name: 'Page d' }).waitFor()
    expect(await violations(page)).toEqual([])
    await tabs.getByRole('link', { name: 'Page d' }).click()
    await page.getByRole('heading', { level: 1, name: 'd' }).waitFor()
    expect(await tabs.getByRole('link', { name: 'Page d' }).isVisible()).toBe(false)
    expect(await tabs.getByRole('button', { name: 'More' }).getAttribute('aria-current')).toBe(
      'true',
    )
    expect(complaints).toEqual([])
  })

  it.each([
    ['light', 'en-US', 1440, 'About'],
    ['dark', 'zh-CN', 320, '关于'],
  ] as const)('tells what runs here: %s, %s, %d px', async (colorScheme, locale, width, about) => {
    const broken = definePlugin({
      id: 'broken',
      version: '0.3.0',
      api: '^1.0.0',
      aggregator: {
        load: async () => ({
          setup() {
            throw new MonError('PLUGIN_FAILED', 'There is no fan to be found.')
          },
        }),
      },
    })
    const aggregator = await startTestAggregator([ui, broken])
    stops.push(aggregator.stop)
    const viewport = { width, height: 900 }
    const { page, complaints } = await open(aggregator, '/', { colorScheme, locale, viewport })
    if (width < 860) await page.locator('.topbar').getByRole('button').click()
    await page.getByRole('button', { name: about }).click()
    const dialog = page.getByRole('dialog', { name: about })
    const row = dialog.getByRole('listitem').filter({ hasText: 'broken' })
    await row.getByText('PLUGIN_FAILED There is no fan to be found.').waitFor()
    await row.getByText(locale === 'en-US' ? 'The plugin failed' : '插件出错').waitFor()
    await dialog.getByRole('listitem').filter({ hasText: 'system' }).waitFor()
    expect(
      await dialog
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['/docs', '/openapi.json'])
    expect(await violations(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  it('shows how a switch stands in forced colours too, and moves nothing where that is wished', async () => {
    const { page } = await open(await serve(), '/', {
      forcedColors: 'active',
      reducedMotion: 'reduce',
    })
    await page.getByRole('button', { name: 'Settings' }).click()
    const toggle = page.getByRole('switch')
    const colours = () =>
      toggle.evaluate((element) => [
        getComputedStyle(element).backgroundColor,
        getComputedStyle(element, '::after').backgroundColor,
      ])
    const [on, knob] = await colours()
    expect(on).not.toBe(knob)
    await toggle.uncheck()
    expect((await colours())[0]).not.toBe(on)
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })

  it('tells times in the zone that its user has chosen', async () => {
    const server = await serve()
    const { page } = await open(server, '/', { timezoneId: 'America/New_York' })
    const card = page.locator('mon-server-card').filter({ hasText: 'spare-01' })
    const [seen] = server.fleet.filter(({ name }) => name === 'spare-01')
    const at = new Date((seen?.last_seen ?? 0) * 1000)
    const inZone = (timeZone: string) =>
      at.toLocaleString('en', {
        dateStyle: 'medium',
        timeStyle: 'medium',
        hourCycle: 'h23',
        timeZone,
      })
    const shown = () => card.locator('time').getAttribute('title')
    await page.locator('.side').getByText('UTC-5').waitFor()
    expect(await shown()).toBe(inZone('America/New_York'))

    await page.getByRole('button', { name: 'Settings' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('radio', { name: /Of the monitoring centre/ }).check()
    await page.keyboard.press('Escape')
    await page.locator('.side').getByText('UTC+9').waitFor()
    await expect.poll(shown).toBe(inZone('Asia/Tokyo'))
    await page.reload()
    await page.locator('.side').getByText('UTC+9').waitFor()
  })

  it('says when the clocks of browser and centre differ', async () => {
    const server = await serve()
    const { page } = await open({ url: 'about:' }, 'blank')
    await page.clock.setSystemTime(Date.now() + 120_000)
    await page.goto(server.url)
    await page.getByText('The clock of this computer is 2 min ahead of the centre.').waitFor()
    expect(
      await page.locator('mon-server-card', { hasText: 'gpu-01' }).locator('time').innerText(),
    ).toMatch(/^\ds ago$/)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(await page.locator('mon-clock-notice .note').count()).toBe(0)
  })

  it('offers to cancel what takes longer than ten seconds', async () => {
    const slow: TestWidget = { ...pluginPage('slow'), slot: 'nav.page' }
    const { page } = await open({ url: 'about:' }, 'blank')
    await page.clock.install()
    await page.goto(`${(await serve([slow])).url}/p/slow`)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.clock.runFor(9000)
    expect(await page.getByText('This is taking long').count()).toBe(0)
    await page.clock.runFor(2000)
    await page.getByText('This is taking long').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('ended: AbortError').waitFor()
    expect(await page.getByText('This is taking long').count()).toBe(0)
  })

  it('keeps a success while the pointer rests on it, and drops it 5 s later', async () => {
    const { page } = await open({ url: 'about:' }, 'blank')
    await page.clock.install()
    await page.goto(`${(await serve([pluginPage('slow')])).url}/p/slow`)
    await page.getByRole('button', { name: 'Succeed' }).click()
    const notice = page.getByRole('status').filter({ hasText: 'It worked' })
    await notice.hover()
    await page.clock.runFor(20_000)
    expect(await notice.isVisible()).toBe(true)
    await page.getByRole('heading', { level: 1 }).hover()
    await page.clock.runFor(5100)
    await notice.waitFor({ state: 'detached' })
  })
})
