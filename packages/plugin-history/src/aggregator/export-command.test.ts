import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { exportCommand } from './export-command.js'
import { fill } from './testdata/fill.js'
import { startHistory } from './testdata/history-host.js'

async function startWithFile() {
  const host = await startHistory()
  await host.addServer('gpu-01')
  await host.addServer('2')
  await fill(host, [
    { server_id: 1, ts: 1_772_323_200 },
    { server_id: 2, ts: 1_772_323_200 },
    { server_id: 2, ts: 1_772_326_800 },
  ])
  const folder = mkdtempSync(join(tmpdir(), 'mon-export-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'out.csv')
  const run = (...args: string[]) =>
    exportCommand.run(['export', '--url', host.url, '--output', file, ...args])
  return { file, run }
}

it('mon history export writes the hours of the servers that are named, or of all', async () => {
  const { file, run } = await startWithFile()
  const lines = () => readFileSync(file, 'utf8').trim().split('\r\n').length - 1
  await run()
  expect(lines()).toBe(3)
  await run('--server', 'gpu-01', '--server', '2', '--to', '2026-03-01T01:00:00Z')
  expect(lines()).toBe(2)
  await run('--server', '2', '--gpu', '--fields', 'samples')
  expect(readFileSync(file, 'utf8')).toContain('samples,card_uuid')
  expect(existsSync(`${file}.partial`)).toBe(false)
})

it('mon history export says what is wrong, and leaves no file', async () => {
  const { file, run } = await startWithFile()
  await expect(run('--server', 'gone')).rejects.toThrow(
    'There is no server "gone". There are: gpu-01, 2.',
  )
  await expect(run('--from', 'soon')).rejects.toThrow('query.from must be epoch seconds')
  await expect(exportCommand.run(['import'])).rejects.toThrow('Say `mon history export`')
  await expect(
    exportCommand.run(['export', '--url', 'http://127.0.0.1:9', '--output', file]),
  ).rejects.toThrow('http://127.0.0.1:9 cannot be reached')
  expect(existsSync(file)).toBe(false)
})

it('mon history explains itself', async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => print.mockRestore())
  await exportCommand.run(['--help'])
  expect(print.mock.calls.join()).toContain('--output FILE')
})
