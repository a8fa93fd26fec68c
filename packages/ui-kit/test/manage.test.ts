import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { sidewaysScroll } from './accessibility.js'
import { checkStates, managedFleet, manyServers } from './manage-states.js'
import type { TestWidget } from './ui-server.js'
import { withBrowser } from './with-browser.js'

const relay: TestWidget = {
  plugin: 'relay',
  tag: 'relay-form',
  slot: 'server.form',
  module: new URL('./widgets/form-part.js', import.meta.url),
  title: { en: 'Relay', 'zh-CN': '中继' },
}

const button = (inside: Page | Locator, name: string | RegExp) =>
  inside.getByRole('button', { name, exact: true })
const drawer = (page: Page) => page.locator('.drawer')
const hasFocus = (element: Locator) => element.evaluate((it) => it === document.activeElement)
const names = (page: Page) => page.getByRole('rowheader').allInnerTexts()
const query = (page: Page) => new URL(page.url()).search

describe.skipIf(!chromiumPath)('The page of servers', () => {
  const { serve, open } = withBrowser()

  async function manage(path = '/servers', { fleet = managedFleet(), widgets = [relay] } = {}) {
    const server = await serve(widgets, fleet)
    const opened = await open(server, path, { viewport: { width: 1440, height: 900 } })
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
    return { server, ...opened }
  }

  it.each([
    { colorScheme: 'light', locale: 'zh-CN', width: 1440, states: ['selection', 'form', 'empty'] },
    { colorScheme: 'dark', locale: 'en-US', width: 320, states: ['list', 'delete', 'errors'] },
  ] as const)(
    'goes through its states without complaint: $colorScheme, $locale, $width px',
    { timeout: 60_000 },
    async ({ width, states, ...options }) => {
      const server = await serve([], managedFleet())
      const viewport = { width, height: 900 }
      await checkStates(server, await open(server, '/servers', { ...options, viewport }), states)
    },
  )

  describe('lists them', () => {
    it('page by page, sorted and searched as the address says', async () => {
      const { page } = await manage('/servers?sort=-name', { fleet: manyServers() })
      await page.getByText('1–50 of 200').waitFor()
      expect((await names(page))[0]).toBe('h100-0200')
      await button(page, 'Next page').click()
      await page.getByText('51–100 of 200').waitFor()
      expect(query(page)).toBe('?sort=-name&page=2')
      await button(page, 'Name').click()
      await page.getByText('1–50 of 200').waitFor()
      expect((await names(page))[0]).toBe('h100-0001')
      const steps = await page.evaluate(() => history.length)
      await page.keyboard.press('/')
      await page.keyboard.type('storage a100')
      await expect.poll(() => names(page)).toEqual(['h100-0060', 'h100-0120', 'h100-0180'])
      expect(query(page)).toBe('?q=storage+a100')
      expect(await page.evaluate(() => history.length)).toBe(steps)
    })

    it('with the reason why one is not collected from', async () => {
      const { page } = await manage('/servers?sort=state')
      await page.getByRole('rowheader').first().waitFor()
      expect((await names(page)).slice(0, 2)).toEqual(['gpu-04', 'gpu-03'])
      const row = (name: string) => page.getByRole('row').filter({ hasText: name })
      await row('gpu-04').getByText('The agent did not answer in time').waitFor()
      await row('gpu-03').getByText('failed: gpu-nvidia').waitFor()
      const heading = page.getByRole('columnheader', { name: 'Collecting' })
      expect(await heading.getAttribute('aria-sort')).toBe('ascending')
    })

    it('and says so when a link leads to one that is gone', async () => {
      const { page } = await manage('/servers?edit=99')
      await page.getByText('The server of this link is not there any more').waitFor()
      expect(await drawer(page).count()).toBe(0)
    })
  })

  describe('lets one be added', () => {
    it('after a test, and gives the focus back', async () => {
      const { page, server } = await manage()
      const add = page.getByRole('link', { name: 'Add server' })
      await add.click()
      const form = page.getByRole('dialog', { name: 'Add server' })
      const name = form.getByLabel('Name')
      await expect.poll(() => hasFocus(name)).toBe(true)
      await name.fill('new-01')
      await form.getByLabel('Agent address').fill('10.0.0.9:7881')
      await form.getByLabel('Access token').fill('secret')
      await form.getByText('Begin with http:// or https://').waitFor()
      await form.getByLabel('Agent address').fill('http://10.0.0.9:7881')
      await form.getByLabel('Tags').fill('H100, new，H100')
      await button(form, 'Test connection').click()
      await form.getByText('12 ms · gpu-01 · agent 1.1.0 · 8 GPUs').waitFor()
      await button(form, 'Add server').click()
      await page.getByText('Added new-01').waitFor()
      await page.getByRole('rowheader', { name: 'new-01' }).waitFor()
      expect(await hasFocus(add)).toBe(true)
      expect(query(page)).toBe('')
      expect(server.managed.requests.map(({ body }) => body)).toEqual([
        { base_url: 'http://10.0.0.9:7881', token: 'secret' },
        {
          name: 'new-01',
          base_url: 'http://10.0.0.9:7881',
          token: 'secret',
          tags: ['H100', 'new'],
          poll_interval_s: null,
          enabled: true,
        },
      ])
    })

    it('but not with a name that is taken', async () => {
      const { page, server } = await manage('/servers?edit=new')
      server.managed.refuse = () => ({ status: 409, code: 'SERVER_NAME_TAKEN', detail: 'Taken.' })
      await drawer(page).getByLabel('Name').fill('gpu-01')
      await drawer(page).getByLabel('Agent address').fill('http://10.0.0.9:7881')
      await page.keyboard.press('Enter')
      await drawer(page).getByText('Another server has this name').waitFor()
      const name = drawer(page).getByLabel('Name')
      expect(await name.getAttribute('aria-invalid')).toBe('true')
      await expect.poll(() => hasFocus(name)).toBe(true)
      await name.fill('gpu-09')
      await expect.poll(() => name.getAttribute('aria-invalid')).toBe(null)
    })
  })

  describe('changes one', () => {
    it('and sends what was changed, and nothing else', async () => {
      const { page, server } = await manage()
      await page.getByRole('link', { name: 'Edit gpu-02' }).click()
      await drawer(page).getByLabel('Poll interval (s)').fill('10')
      await drawer(page).getByText('Remove the saved token').click()
      await button(drawer(page), 'Save').click()
      await page.getByText('Saved gpu-02').waitFor()
      expect(server.managed.requests).toEqual([
        { method: 'PUT', path: '/api/servers/2', body: { poll_interval_s: 10, token: null } },
      ])
      await page
        .getByRole('row', { name: /gpu-02/ })
        .getByText('10 s')
        .waitFor()
    })

    it('and shows what the aggregator finds wrong, at its field', async () => {
      const { page, server } = await manage('/servers?edit=2')
      server.managed.refuse = () => ({
        status: 400,
        code: 'REQUEST_INVALID',
        detail: 'body.tags[1] is not allowed.',
        errors: [{ path: 'body.tags[1]', message: 'is not allowed' }],
      })
      await drawer(page).getByLabel('Tags').fill('a, b')
      await button(drawer(page), 'Save').click()
      await drawer(page).getByText('Not accepted: is not allowed').waitFor()
      await drawer(page).getByRole('alert').getByText('1 field needs attention').waitFor()
      await expect.poll(() => hasFocus(drawer(page).getByLabel('Tags'))).toBe(true)
    })

    it('and shows any other failure with its text to copy, and keeps what was typed', async () => {
      const { page, server } = await manage('/servers?edit=2')
      server.managed.refuse = () => ({ status: 500, code: 'INTERNAL', detail: 'Oh.' })
      await drawer(page).getByLabel('Name').fill('renamed')
      await button(drawer(page), 'Save').click()
      await drawer(page).getByText('Something failed inside the centre').waitFor()
      await button(drawer(page), 'Copy error').waitFor()
      expect(await drawer(page).getByLabel('Name').inputValue()).toBe('renamed')
    })

    it('and asks before edits are lost: by Escape, by the back button', async () => {
      const { page } = await manage()
      const opener = page.getByRole('link', { name: 'Edit gpu-02' })
      await opener.focus()
      await page.keyboard.press('Enter')
      await drawer(page).getByLabel('Name').fill('other')
      const question = page.getByRole('alertdialog', { name: 'Discard unsaved changes?' })
      for (const leave of [
        () => page.keyboard.press('Escape'),
        () => page.keyboard.press('Escape'),
        () => page.goBack(),
      ]) {
        await leave()
        await question.waitFor()
        expect(await hasFocus(button(question, 'Keep editing'))).toBe(true)
        await page.keyboard.press('Enter')
        await question.waitFor({ state: 'detached' })
        expect(await drawer(page).getByLabel('Name').inputValue()).toBe('other')
        await expect.poll(() => query(page)).toBe('?edit=2')
      }
      await page.keyboard.press('Escape')
      await button(question, 'Discard').click()
      await drawer(page).waitFor({ state: 'detached' })
      await expect.poll(() => hasFocus(opener)).toBe(true)
      await page.keyboard.press('Enter')
      await drawer(page).waitFor()
      await page.keyboard.press('Escape')
      await drawer(page).waitFor({ state: 'detached' })
    })

    it('and asks before the back button leads to another page', async () => {
      const { page } = await manage('/')
      await page.getByRole('link', { name: 'Servers' }).first().click()
      await page.getByRole('link', { name: 'Edit gpu-02' }).waitFor()
      await page.evaluate(() => history.replaceState(null, '', '/servers?edit=2'))
      await page.reload()
      await drawer(page).getByLabel('Name').fill('other')
      const question = page.getByRole('alertdialog', { name: 'Discard unsaved changes?' })

      await page.goBack()
      await button(question, 'Keep editing').click()
      await question.waitFor({ state: 'detached' })
      expect(await drawer(page).getByLabel('Name').inputValue()).toBe('other')
      expect(new URL(page.url()).pathname + query(page)).toBe('/servers?edit=2')

      await page.goBack()
      await button(question, 'Discard').click()
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/')
    })

    it('and can stop waiting for what takes long', async () => {
      const { page, server } = await manage('/servers?edit=2')
      await drawer(page).getByLabel('Name').fill('slow')
      let answer = () => {}
      server.managed.refuse = () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined)
        })
      await page.clock.install()
      const save = drawer(page).locator('.save .btn').last()
      const width = await save.evaluate((it) => it.getBoundingClientRect().width)
      await save.click()
      await expect.poll(() => save.getAttribute('aria-busy')).toBe('true')
      expect(await save.innerText()).toContain('Saving…')
      expect(await save.evaluate((it) => it.getBoundingClientRect().width)).toBe(width)
      await page.clock.fastForward(11_000)
      await button(drawer(page), 'Stop waiting').click()
      await expect.poll(() => save.getAttribute('aria-busy')).toBe(null)
      expect(await drawer(page).getByLabel('Name').inputValue()).toBe('slow')
      answer()
    })

    it('together with the sections of plugins, which save themselves', async () => {
      const { page, server } = await manage('/servers?edit=2')
      await drawer(page).getByText('Relay', { exact: true }).click()
      const port = drawer(page).getByLabel('Relay port')
      await port.fill('bad')
      expect(await port.getAttribute('aria-invalid')).toBeNull()
      await drawer(page).getByText('Relay', { exact: true }).click()
      await port.waitFor({ state: 'hidden' })
      await button(drawer(page), 'Save').click()
      await drawer(page).getByText('1 field needs attention').waitFor()
      // It is told what to mend, and shown where, though its section was folded.
      await expect.poll(() => port.evaluate((input) => input === document.activeElement)).toBe(true)
      await port.fill('80')
      server.managed.refuse = ({ path }) =>
        path.endsWith('/part')
          ? {
              status: 400,
              code: 'REQUEST_INVALID',
              detail: 'body.port is too low.',
              errors: [{ path: 'body.port', message: 'must be >= 1024' }],
            }
          : undefined
      await button(drawer(page), 'Save').click()
      await drawer(page).getByText('must be >= 1024').waitFor()
      server.managed.refuse = () => undefined
      await port.fill('8080')
      const [request] = await Promise.all([
        page.waitForRequest('**/part'),
        button(drawer(page), 'Save').click(),
      ])
      expect(request.headers()['if-match']).toBe('"1"')
      await page.getByText('Saved gpu-02').waitFor()
      expect(server.managed.requests.at(-1)).toEqual({
        method: 'PUT',
        path: '/api/servers/2/part',
        body: { port: '8080' },
      })
    })
  })

  describe('from the list', () => {
    it('switches at once, and back if that is refused', async () => {
      const { page, server } = await manage()
      const gpu = page.getByRole('switch', { name: 'Collect from gpu-01' })
      let refuse = () => {}
      server.managed.refuse = () =>
        new Promise((resolve) => {
          refuse = () => resolve({ status: 503, code: 'DATABASE_UNAVAILABLE', detail: 'Full.' })
        })
      await gpu.click()
      const row = page.getByRole('row', { name: /gpu-01/ })
      await row.getByText('Disabled').waitFor()
      refuse()
      await page.getByRole('alert').getByText('DATABASE_UNAVAILABLE').waitFor()
      await expect.poll(() => gpu.isChecked()).toBe(true)
      server.managed.refuse = () => undefined
      await gpu.click()
      await page.getByText('Disabled gpu-01').waitFor()
      await row.getByText('Disabled').waitFor()
    })

    it('does what the switch was told last, however fast it was pressed', async () => {
      const { page, server } = await manage()
      const gpu = page.getByRole('switch', { name: 'Collect from gpu-01' })
      let answer = () => {}
      server.managed.refuse = () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined)
        })
      await gpu.click()
      await expect.poll(() => server.managed.requests.length).toBe(1)
      await gpu.click()
      server.managed.refuse = () => undefined
      answer()
      await page.getByText('Enabled gpu-01').waitFor()
      expect(server.managed.requests.map(({ body }) => body)).toEqual([
        { enabled: false },
        { enabled: true },
      ])
      expect(await gpu.isChecked()).toBe(true)
    })

    it('tests a connection whose row moves meanwhile', async () => {
      const { page, server } = await manage('/servers?sort=state')
      let answer = () => {}
      server.managed.refuse = () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined)
        })
      await button(page, 'Test gpu-01').click()
      await expect.poll(() => server.managed.requests.length).toBe(1)
      server.delta({ 1: { state: 'offline' } })
      await page
        .getByRole('row', { name: /gpu-01/ })
        .getByText('Offline')
        .waitFor()
      answer()
      await page.getByText(/^gpu-01 answers/).waitFor()
    })

    it('tests a connection and says what came of it', async () => {
      const { page, server } = await manage()
      await button(page, 'Test gpu-01').click()
      await page.getByText('gpu-01 answers: 12 ms · gpu-01 · agent 1.1.0 · 8 GPUs').waitFor()
      server.managed.tested = {
        ok: false,
        error: { code: 'AGENT_UNREACHABLE', message: 'ECONNREFUSED', hint: 'Start it.' },
      }
      await button(page, 'Test gpu-04').click()
      await page.getByText('gpu-04 does not answer well: The agent cannot be reached').waitFor()
    })

    it('deletes one after a question that says what is lost', async () => {
      const { page, server } = await manage()
      await button(page, 'Delete gpu-01').click()
      const question = page.getByRole('alertdialog', { name: 'Delete gpu-01?' })
      await question.getByText('deletes its token and settings, with all history').waitFor()
      expect(await hasFocus(button(question, 'Cancel'))).toBe(true)
      await page.keyboard.press('Enter')
      await question.waitFor({ state: 'detached' })
      expect(await hasFocus(button(page, 'Delete gpu-01'))).toBe(true)
      expect(server.managed.requests).toEqual([])
      await page.keyboard.press('Enter')
      await button(question, 'Delete server').click()
      await page.getByText('Deleted gpu-01').waitFor()
      expect(await page.getByRole('rowheader', { name: 'gpu-01' }).count()).toBe(0)
      expect(await hasFocus(page.locator('main'))).toBe(true)
    })

    it('disables and deletes many, once their number has been typed', async () => {
      const { page, server } = await manage('/servers?q=H100', { fleet: manyServers() })
      await page
        .getByRole('checkbox', { name: /^Select all/ })
        .first()
        .click()
      await page.getByText('200 selected').waitFor()
      await page
        .getByRole('checkbox', { name: /^Select all/ })
        .first()
        .click()
      await page.getByRole('checkbox', { name: 'Select h100-0001' }).click()
      await page.getByRole('checkbox', { name: 'Select h100-0002' }).click()
      const bar = page.getByRole('group', { name: 'Selected servers' })
      await button(bar, 'Disable').click()
      await page.getByText('Disabled 2 servers').waitFor()
      await button(bar, 'Delete').click()
      const question = page.getByRole('alertdialog', { name: 'Delete 2 servers?' })
      expect(await button(question, 'Delete 2').isDisabled()).toBe(true)
      await question.getByLabel('Type 2 to confirm').fill('2')
      await page.keyboard.press('Enter')
      await page.getByText('Deleted 2 servers').waitFor()
      await bar.waitFor({ state: 'detached' })
      expect(server.managed.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'PUT /api/servers/1',
        'PUT /api/servers/2',
        'DELETE /api/servers/1',
        'DELETE /api/servers/2',
      ])
    })

    it('leaves alone what the search hides, and goes on past one that fails', async () => {
      const { page, server } = await manage('/servers', { fleet: manyServers() })
      for (const name of ['h100-0001', 'h100-0002', 'h100-0010']) {
        await page.getByRole('checkbox', { name: `Select ${name}` }).click()
      }
      await page.keyboard.press('/')
      await page.keyboard.type('h100-000')
      await page.getByText('2 selected').waitFor()
      server.managed.refuse = ({ path }) =>
        path.endsWith('/1') ? { status: 500, code: 'INTERNAL', detail: 'Broken.' } : undefined
      const bar = page.getByRole('group', { name: 'Selected servers' })
      await button(bar, 'Delete').click()
      const question = page.getByRole('alertdialog', { name: 'Delete 2 servers?' })
      await question.getByText('h100-0001 and h100-0002:').waitFor()
      await question.getByLabel('Type 2 to confirm').fill('2')
      await page.keyboard.press('Enter')
      await page.getByText('1 of 2 done. Failed: h100-0001').waitFor()
      await page.getByText('1 selected').waitFor()
      expect(server.managed.requests.map(({ path }) => path)).toEqual([
        '/api/servers/1',
        '/api/servers/2',
      ])
    })

    it('has room for names of any length', async () => {
      const [first, ...others] = managedFleet()
      const name = 'x'.repeat(100)
      const fleet = first ? [{ ...first, name }, ...others] : []
      const { page } = await manage('/servers?sort=-name', { fleet })
      for (const width of [1440, 900, 320]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await sidewaysScroll(page)).toBe(0)
      }
      await button(page, `Delete ${name}`).click()
      await page.getByRole('alertdialog').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
})
