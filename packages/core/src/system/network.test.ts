import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMachine, garbage, recorded } from './fixture.js'
import { parseNetDev, selectInterfaces } from './network.js'

/** Windows lets only some users make symbolic links. */
const testWithLinks = test.skipIf(process.platform === 'win32')

test('bytes received and sent are read for each interface but the loopback', () => {
  const counters = parseNetDev(recorded('gpu-server/net/dev'))
  expect(counters.get('eno1')).toEqual([1000000, 500000])
  expect(counters.get('bond0')).toEqual([2000001000000, 600000])
  expect(counters.get('bond0.42')).toEqual([900000, 400000])
  expect(counters.has('lo')).toBe(false)
  expect(counters.size).toBe(9)
})

testWithLinks(
  'traffic through bonds, VLANs, bridges and containers is counted once, at the hardware',
  () => {
    const machine = createMachine('gpu-server')
    machine.addSys({
      'class/net/eno1/device': null,
      'class/net/eno1/master': '-> ../bond0',
      'class/net/eno2np1/device': null,
      'class/net/eno2np1/master': '-> ../bond0',
      'class/net/ib0/device': null,
      'class/net/bond0/bonding': null,
      'class/net/docker0/bridge': null,
    })
    const names = [...parseNetDev(recorded('gpu-server/net/dev')).keys()]
    expect(selectInterfaces(names, machine.sysfs)).toEqual(['eno1', 'eno2np1', 'ib0'])
  },
)

testWithLinks(
  "on Azure the hardware slave of a synthetic interface is that interface's own traffic",
  () => {
    const machine = createMachine('vm')
    machine.addSys({
      'class/net/eth0/device': null,
      'class/net/enP1s1/device': null,
      'class/net/enP1s1/master': '-> ../eth0',
    })
    expect(selectInterfaces(['eth0', 'enP1s1'], machine.sysfs)).toEqual(['eth0'])
  },
)

testWithLinks('in a container, which has no hardware, its own Ethernet interface counts', () => {
  const machine = createMachine('container')
  machine.addSys({
    'class/net/eth0/type': '1\n',
    'class/net/tunl0/type': '768\n',
    'class/net/docker0/type': '1\n',
    'class/net/docker0/bridge': null,
    'class/net/veth1/type': '1\n',
    'class/net/veth1/master': '-> ../docker0',
    'class/net/eth0.7/type': '1\n',
    'class/net/eth0.7/lower_eth0': '-> ../eth0',
  })
  const names = [...parseNetDev(recorded('container/net/dev')).keys()]
  expect(names).toHaveLength(5)
  expect(selectInterfaces(names, machine.sysfs)).toEqual(['eth0'])
})

test('without sysfs every interface counts', () => {
  expect(selectInterfaces(['eth0', 'eth1'], '/nowhere')).toEqual(['eth0', 'eth1'])
})

test('garbage gives no exception and no impossible counter', () => {
  fc.assert(
    fc.property(garbage, fc.array(fc.nat()), (text, numbers) => {
      for (const pair of parseNetDev(`${text}\n${text}: ${numbers.join(' ')}`).values()) {
        for (const bytes of pair) expect(bytes).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
