import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMachine } from './fixture.js'
import { createProcReader } from './proc-reader.js'

test('a file is read anew each time, also when it grows beyond the buffer', () => {
  const machine = createMachine('vm')
  const proc = createProcReader(machine.procfs)
  expect(proc.read('uptime')).toMatch(/^\d+\.\d\d \d+\.\d\d\n$/)
  machine.change('uptime', () => '12.00 24.00\n')
  expect(proc.read('uptime')).toBe('12.00 24.00\n')
  const long = 'é 12345678\n'.repeat(30_000)
  machine.change('uptime', () => long)
  expect(proc.read('uptime')).toBe(long)
  machine.change('uptime', () => '1.00 2.00\n')
  expect(proc.read('uptime')).toBe('1.00 2.00\n')
  proc.close()
})

test('a file that is not there is null, and is found once it is', () => {
  const machine = createMachine('vm')
  const proc = createProcReader(machine.procfs)
  expect(proc.read('later')).toBeNull()
  writeFileSync(join(machine.procfs, 'later'), 'now')
  expect(proc.read('later')).toBe('now')
  proc.close()
  expect(proc.read('later')).toBe('now')
  proc.close()
})

test.runIf(process.platform === 'linux')('a file whose process has ended is null', async () => {
  const child = spawn('sleep', ['60'])
  const proc = createProcReader(`/proc/${child.pid}`)
  expect(proc.read('comm')).not.toBeNull()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(proc.read('comm')).toBeNull()
  expect(proc.read('comm')).toBeNull()
  proc.close()
})
