import type { Server } from '@mon/core'
import { expect } from 'vitest'
import { sidewaysScroll, violations } from './accessibility.js'
import { gpuFleet, sampleFleet } from './fleet.js'
import type { UiServer } from './ui-server.js'
import type { OpenedPage } from './with-browser.js'

/** Servers of every state, with tags, an interval of its own and a name that does not fit. */
export function managedFleet(): Server[] {
  return sampleFleet().map((server, index) => ({
    ...server,
    tags: index % 2 === 0 ? ['A100'] : ['H100', 'train', 'a-tag-that-is-quite-long'],
    poll_interval_s: index === 1 ? 2.5 : null,
  }))
}

export const manyServers = (): Server[] => gpuFleet(200)

/** Goes through the states of the page of servers, and holds each, or those named, against axe. */
export async function checkStates(
  server: UiServer,
  { page, complaints }: OpenedPage,
  named?: readonly string[],
): Promise<void> {
  const check = async (state: string) => {
    expect(await sidewaysScroll(page), state).toBe(0)
    if (named === undefined || named.includes(state)) {
      expect(await violations(page), state).toEqual([])
    }
  }
  const table = page.getByRole('table')
  await table.waitFor()
  await check('list')

  await page.locator('tbody').getByRole('checkbox').first().click()
  await page.locator('tbody').getByRole('checkbox').nth(2).click()
  await page.locator('.manage-selection').waitFor()
  await check('selection')
  await page.locator('.manage-selection .danger').click()
  await page.getByRole('alertdialog').getByRole('textbox').fill('7')
  await check('delete')
  await page.keyboard.press('Escape')

  await page.locator('.page-head .primary').click()
  const drawer = page.locator('.drawer')
  await drawer.locator('.save .btn').click()
  await drawer.locator('.form-error').first().waitFor()
  await check('errors')
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })

  await table.locator('.row-actions a').first().click()
  await drawer.locator('#server-base_url').fill('http://10.9.9.9')
  await drawer.locator('.connection-test .btn').click()
  await drawer.locator('.connection-test .pill.ok').waitFor()
  server.managed.tested = {
    ok: false,
    error: { code: 'AGENT_TIMEOUT', message: 'GET /v1/snapshot: 10 s', hint: 'Is it running?' },
  }
  await drawer.locator('.connection-test .btn').click()
  await drawer.locator('.connection-test .code').waitFor()
  await check('form')
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').waitFor()
  await check('unsaved')
  await page.getByRole('alertdialog').locator('.danger').click()
  await drawer.waitFor({ state: 'detached' })

  await page.getByRole('searchbox').fill('no such server')
  await page.locator('.empty').waitFor()
  await check('nomatch')
  await page.locator('.empty .btn').click()
  await table.waitFor()
  expect(complaints).toEqual([])

  server.refuse()
  await page.locator('.note.warn').waitFor()
  await check('lost')
  server.fleet.splice(0)
  server.accept()
  await page.locator('.empty').waitFor()
  await check('empty')
  // What the browser itself says of the connection that was refused.
  expect(complaints.filter((text) => !/Failed to load resource|ERR_/.test(text))).toEqual([])
}
