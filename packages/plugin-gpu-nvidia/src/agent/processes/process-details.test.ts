import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { containerOf } from './container-id.js'
import { createProcessDetails, startTime } from './process-details.js'
import { createUserNames, parsePasswd } from './user-names.js'

const id = '3f4d2c1b0a99887766554433221100ffeeddccbbaa99887766554433221100ff'

describe('a container', () => {
  it.each([
    ['Docker with systemd', `0::/system.slice/docker-${id}.scope`, '3f4d2c1b0a99'],
    [
      'Docker with cgroup v1',
      `5:devices:/docker/${id}\n1:name=systemd:/docker/${id}`,
      '3f4d2c1b0a99',
    ],
    ['Podman', `0::/machine.slice/libpod-${id}.scope/container`, '3f4d2c1b0a99'],
    [
      'Kubernetes',
      `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`,
      '3f4d2c1b0a99',
    ],
    ['LXC', '0::/lxc.payload.train-01/init.scope', 'train-01'],
    ['nothing of the kind', '0::/user.slice/user-1000.slice/session-2.scope', null],
  ])('of %s is known by the cgroup', (_, cgroup, expected) => {
    expect(containerOf(`${cgroup}\n`)).toBe(expected)
  })
})

describe('a user', () => {
  it('has the first name that passwd gives the number', () => {
    const names = parsePasswd(
      'root:x:0:0::/:/bin/sh\nada:x:1000:1000::/:/bin/sh\neve:x:1000:1::/:\n#x\n',
    )
    expect([...names]).toEqual([
      [0, 'root'],
      [1000, 'ada'],
    ])
  })

  it('whom passwd does not know is called by the number', () => {
    expect(createUserNames()(4_000_000_000)).toBe('4000000000')
    expect(createUserNames('/nowhere')(0)).toBe('0')
  })

  it('may stand in any file without harm', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const [uid, name] of parsePasswd(text))
          expect(name && Number.isInteger(uid)).toBe(true)
        containerOf(text)
        startTime(text)
      }),
    )
  })
})

describe.runIf(process.platform === 'linux')('a process', () => {
  const own = { pid: process.pid, mem_used_mb: 512 }

  it('of this machine has its user and its program', () => {
    const describeProcess = createProcessDetails({ detail: 'basic', pids_known: true })
    expect(describeProcess(own)).toMatchObject({
      ...own,
      user: userInfo().username,
      command: expect.stringMatching(/./),
    })
  })

  it('has its whole command line only where that is wanted', () => {
    const describeProcess = createProcessDetails({ detail: 'full', pids_known: true })
    expect(describeProcess(own).command).toContain('node')
    expect(describeProcess(own).command).toContain(' ')
  })

  it.each([
    ['where details are off', { detail: 'off', pids_known: true, pid: process.pid }],
    [
      'where pids are those of another namespace',
      { detail: 'full', pids_known: false, pid: process.pid },
    ],
    ['that is not there', { detail: 'full', pids_known: true, pid: 2 ** 30 }],
  ] as const)('%s stays, and nothing is said of it', (_, { pid, ...options }) => {
    expect(createProcessDetails(options)({ pid, mem_used_mb: 1 })).toEqual({
      pid,
      user: null,
      command: null,
      container: null,
      mem_used_mb: 1,
    })
  })

  it('whose pid is used again is another one', () => {
    const root = mkdtempSync(join(tmpdir(), 'mon-proc-'))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const play = (started: number, comm: string) => {
      mkdirSync(join(root, '42'), { recursive: true })
      writeFileSync(join(root, '42/stat'), `42 (a) b) S ${'0 '.repeat(18)}${started} 0`)
      writeFileSync(join(root, '42/comm'), `${comm}\n`)
      writeFileSync(join(root, '42/cgroup'), `0::/docker/${id}\n`)
    }
    const describeProcess = createProcessDetails({ detail: 'basic', pids_known: true, root })
    play(100, 'python3')
    const command = () => describeProcess({ pid: 42, mem_used_mb: null }).command
    expect(command()).toBe('python3')
    play(100, 'renamed')
    expect(command()).toBe('python3')
    play(200, 'vllm')
    expect(command()).toBe('vllm')
  })
})
