import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { violations } from './accessibility.js'
import type { TestWidget } from './ui-server.js'
import { withBrowser } from './with-browser.js'

const title = { en: 'Test', 'zh-CN': '测试' }

describe.skipIf(!chromiumPath)('A widget of a plugin', () => {
  const { serve, open } = withBrowser()

  function failing(step: string): TestWidget {
    const module = new URL('./widgets/failing.js', import.meta.url)
    return { plugin: 'failing', tag: `failing-${step}`, slot: 'overview.card', module, title }
  }
  const card = 'mon-server-card:has(h2 [title="gpu-01"])'

  it.each([
    ['constructor', 'its constructor'],
    ['property', 'a property'],
    ['connect', 'its entrance'],
    ['leave', 'its entrance'],
  ])('that fails at once (%s) shows why in its own place', async (step, told) => {
    const { page, complaints } = await open(await serve([failing(step)]))
    const place = page.locator(card)
    await place.getByText(`failed at ${told}`).waitFor()
    await place.getByText('failing failed to load').waitFor()
    await place.getByRole('meter', { name: 'CPU' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('that fails later, by itself, shows why in its own place', async () => {
    const { page, complaints } = await open(await serve([failing('render')]))
    await page.locator(card).getByRole('button', { name: 'Count on' }).click()
    await page.locator(card).getByText('failed at its second render').waitFor()
    await page.locator(card).getByRole('button', { name: 'Retry' }).click()
    await page.locator(card).getByRole('button', { name: 'Count on' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('that fails when its data or the language change shows why in its own place', async () => {
    const server = await serve([failing('store'), failing('language')])
    const { page, complaints } = await open(server)
    await page.locator(card).locator('failing-language', { hasText: 'waiting' }).waitFor()
    server.delta({ 1: { latest: { open_files: 2 } } })
    await page.locator(card).getByText('failed at a change').waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.locator(card).getByText('failed at another language').waitFor()
    await page.locator(card).getByText('failing 加载失败').first().waitFor()
    expect(complaints).toEqual([])
  })

  const stage = (more: Partial<TestWidget>): TestWidget => ({
    plugin: 'stage',
    tag: 'stage-page',
    slot: 'nav.page',
    path: '/p/stage',
    module: new URL('./widgets/stage.js', import.meta.url),
    title,
    ...more,
  })
  const messages = {
    en: { given: 'Server {server}, {count, plural, one {# minute} other {# minutes}}' },
    'zh-CN': { given: '服务器 {server}，{count} 分钟' },
  }
  const stages = [
    stage({ messages }),
    stage({ tag: 'stage-main', slot: 'server.detail' }),
    stage({ tag: 'stage-aside', slot: 'server.detail', placement: 'aside' }),
  ]

  it('stands in its column, with what its slot gives, in the words of its plugin', async () => {
    const { page, complaints } = await open(await serve(stages), '/p/stage')
    const column = (place: string) => page.locator(`mon-slot[data-place="${place}"]`)
    await column('main').locator('stage-main').getByText('Server 1, 5 minutes').waitFor()
    expect(await column('main').locator('stage-aside').count()).toBe(0)
    await column('aside').locator('stage-aside').getByText('stage.missing Retry').waitFor()

    await page.getByRole('button', { name: '中文' }).click()
    await column('main').getByText('服务器 1，5 分钟').waitFor()
    await column('main').evaluate((slot) => Object.assign(slot, { props: { window: '60m' } }))
    await column('main').getByText('服务器 1，60 分钟').waitFor()
    expect(complaints).toEqual([
      'Plugin "stage" has no message "stage.missing" in en.',
      'Plugin "stage" has no message "stage.missing" in zh-CN.',
    ])
  })

  it('has the look of the kit in a shadow root of its own', async () => {
    const { page } = await open(await serve(stages), '/p/stage')
    const note = page.locator('stage-main .note')
    expect(await note.evaluate((element) => getComputedStyle(element).padding)).toBe('10px 12px')
    expect(await violations(page)).toEqual([])
  })

  it('takes no room on a card while it is hidden', async () => {
    const module = new URL('./widgets/quiet.js', import.meta.url)
    const quiet: TestWidget = {
      plugin: 'quiet',
      tag: 'quiet-line',
      slot: 'overview.card',
      module,
      title,
    }
    const { page } = await open(await serve([quiet]))
    await page.locator(card).getByText('Something is wrong').waitFor()
    const places = page.locator('mon-server-card mon-widget')
    const heights = await places.evaluateAll((all) =>
      all.map((each) => each.getBoundingClientRect().height > 0),
    )
    expect(heights.length).toBeGreaterThan(1)
    expect(heights.filter(Boolean)).toHaveLength(1)
  })

  it('is passed over when it is written for another version of the page', async () => {
    const { page, complaints } = await open(
      await serve([{ ...failing('connect'), api: 2 }, failing('store')]),
    )
    await page.locator(card).locator('failing-store').waitFor()
    expect(await page.locator('failing-connect').count()).toBe(0)
    expect(complaints).toEqual(['<failing-connect> is skipped: it is written for ctx.api 2.'])
  })
})
