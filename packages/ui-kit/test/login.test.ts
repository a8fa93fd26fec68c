import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestAggregator } from '@mon/core/testing'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chromiumPath } from '../../../test/chromium.js'
import { createSampleCertificate } from '../../core/src/http/sample-certificate.js'
import { ui } from '../src/server/index.js'
import { sidewaysScroll, violations } from './accessibility.js'
import { withBrowser } from './with-browser.js'

const password = 'correct horse'
/** As `mon hash-password` makes it, at a thousandth of the cost. */
const hash =
  '$scrypt$ln=10,r=1,p=1$YSBzYWx0IGZvciB0ZXN0cw$8afBd4Q/cUGRt40wZClfHhkWdLJhUKYwALYKmp9WCPM'

describe.skipIf(!chromiumPath)('The login in a real browser', () => {
  const browser = withBrowser()

  /** An aggregator of its own, guarded by what a file holds. */
  async function serve(key = 'password_file', secret = hash): Promise<string> {
    const file = join(await mkdtemp(join(tmpdir(), 'mon-login-')), 'secret')
    await writeFile(file, secret, { mode: 0o600 })
    const aggregator = await startTestAggregator([ui], { [key]: file })
    onTestFinished(aggregator.stop)
    return aggregator.url
  }

  async function open(url: string, options: BrowserContextOptions = {}) {
    const { page, complaints } = await browser.open({ url }, '', options)
    return { page, context: page.context(), complaints }
  }

  async function logIn(page: Page, given = password): Promise<void> {
    await page.getByLabel('Password').fill(given)
    await page.keyboard.press('Enter')
  }

  const overview = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' })
  const field = (page: Page) => page.getByLabel('Password')

  for (const colorScheme of ['light', 'dark'] as const) {
    it.each([
      ['zh-CN', '登录', '密码', '密码不正确。'],
      ['en-US', 'Log in', 'Password', 'The password is wrong.'],
    ])(`is whole and accessible: ${colorScheme}, %s`, async (locale, title, label, wrong) => {
      const { page, complaints } = await open(await serve(), {
        colorScheme,
        locale,
        viewport: { width: 320, height: 700 },
      })
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await page.getByLabel(label).evaluate((input) => input.matches(':focus'))).toBe(true)
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])

      await page.getByLabel(label).fill('wrong horse')
      await page.getByRole('button', { name: title }).click()
      await page.getByRole('alert').filter({ hasText: wrong }).waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await violations(page)).toEqual([])
    })
  }

  it('asks for nothing of the fleet before it', async () => {
    const asked: string[] = []
    const url = await serve()
    const { page } = await open('about:blank')
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(url)
    await field(page).waitFor()
    expect(asked.filter((path) => path.startsWith('/api/'))).toEqual(['/api/session'])
  })

  it('takes the right password after a wrong one, and remembers it over a reload', async () => {
    const { page } = await open(await serve())
    await logIn(page, 'wrong horse')
    await page.getByText('The password is wrong.').waitFor()
    expect(await field(page).getAttribute('aria-invalid')).toBe('true')
    await logIn(page)
    await overview(page).waitFor()
    await page.getByText('No servers yet').waitFor()
    await page.reload()
    await page.getByText('No servers yet').waitFor()
  })

  it('says how long to wait after too many attempts', async () => {
    const url = await serve()
    const { page } = await open(url)
    await field(page).waitFor()
    for (let attempt = 0; attempt < 8; attempt++) {
      await fetch(`${url}/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password: `wrong ${attempt}` }),
      })
    }
    await logIn(page)
    await page.getByText(/Too many attempts\. Try again in \d+/).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByText(/尝试次数过多，请在 .*后重试。/).waitFor()
  })

  it('comes back when the session ends, and then leads back to the same page', async () => {
    const url = await serve()
    const { page, context } = await open(`${url}/?status=offline`)
    await logIn(page)
    await page.getByText('No servers yet').waitFor()
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    // As it ends when its time is up, or from another window.
    await fetch(`${url}/api/logout`, {
      method: 'POST',
      headers: { cookie: `${cookie?.name}=${cookie?.value}` },
    })
    await field(page).waitFor()
    expect(await overview(page).count()).toBe(0)
    await logIn(page)
    await page.getByText('No servers yet').waitFor()
    expect(new URL(page.url()).search).toBe('?status=offline')
  })

  it('is there again after logging out, from the menu of a phone too', async () => {
    const { page, context } = await open(await serve(), { viewport: { width: 390, height: 844 } })
    await logIn(page)
    await page.getByText('No servers yet').waitFor()
    await page.getByRole('button', { name: 'Menu' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Log out' }).click()
    await field(page).waitFor()
    expect(await context.cookies()).toEqual([])
  })

  it('works over HTTPS, with a cookie that never leaves it', async () => {
    const { cert, key } = createSampleCertificate()
    const folder = await mkdtemp(join(tmpdir(), 'mon-login-'))
    const files = { cert: join(folder, 'c'), key: join(folder, 'k'), password: join(folder, 'p') }
    await writeFile(files.cert, cert)
    await writeFile(files.key, key, { mode: 0o600 })
    await writeFile(files.password, hash, { mode: 0o600 })
    const aggregator = await startTestAggregator([ui], {
      password_file: files.password,
      tls: { cert_file: files.cert, key_file: files.key },
    })
    onTestFinished(aggregator.stop)
    const { page, context, complaints } = await open(aggregator.url, { ignoreHTTPSErrors: true })
    await logIn(page)
    await page.getByText('No servers yet').waitFor()
    expect(await context.cookies()).toMatchObject([{ name: '__Host-mon_session', secure: true }])
    expect(complaints).toEqual([])
  })

  it('is not offered where only a token is set: the page says so', async () => {
    const { page } = await open(await serve('token_file', 'a-token'))
    await page.getByText('no password is set').waitFor()
    expect(await field(page).count()).toBe(0)
    expect(await violations(page)).toEqual([])
  })

  it('is not asked for where nothing is set, and there is no way out', async () => {
    const aggregator = await startTestAggregator([ui])
    onTestFinished(aggregator.stop)
    const { page } = await open(aggregator.url)
    await page.getByText('No servers yet').waitFor()
    expect(await page.getByRole('button', { name: 'Log out' }).count()).toBe(0)
  })
})
