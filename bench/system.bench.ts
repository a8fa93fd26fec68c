import { closeSync, openSync, readSync } from 'node:fs'
import { Bench } from 'tinybench'
import { createLinuxSystem } from '../packages/core/src/system/linux.js'

/** What a sample costs, beside the bare reads of the same files, which nothing can undercut. */
const files = ['stat', 'meminfo', 'loadavg', 'uptime', 'net/dev', 'diskstats', 'self/mountinfo']

if (process.platform === 'linux') {
  const buffer = Buffer.allocUnsafe(64 * 1024)
  const descriptors = files.map((file) => openSync(`/proc/${file}`, 'r'))
  const system = createLinuxSystem()

  const bench = new Bench({ time: 1000, warmupTime: 300 })
    .add('bare reads', () => {
      for (const descriptor of descriptors) readSync(descriptor, buffer, 0, buffer.length, 0)
    })
    .add('sample', () => system.sample())
  await bench.run()

  const microseconds = (name: string) => {
    const result = bench.getTask(name)?.result
    return result && 'latency' in result ? result.latency.p50 * 1000 : Number.NaN
  }
  const floor = microseconds('bare reads')
  for (const { name } of bench.tasks) {
    const time = microseconds(name)
    console.log(`${name}: ${time.toFixed(0)} µs, ${(time / floor).toFixed(2)} × bare reads`)
  }
  for (const descriptor of descriptors) closeSync(descriptor)
  system.stop()
} else {
  console.log('only on Linux')
}
