import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAgentProcess } from '../packages/plugin-ssh-proxy/test/rig/agent-process.js'
import { hasSshd, startCentre } from '../packages/plugin-ssh-proxy/test/rig/centre.js'
import {
  createNetwork,
  hasNetworkNamespaces,
  type Network,
} from '../packages/plugin-ssh-proxy/test/rig/network.js'
import { freePort } from '../test/free-port.js'
import { round } from './harness/figures.js'
import { watchAnswers } from './tunnel/answers.js'
import { startAutossh } from './tunnel/autossh.js'

/** How fast a tunnel is back, beside autossh, over the same link at the same time. */
const STABLE_S = 40
const LIMIT_S = 120

if (hasSshd && hasNetworkNamespaces) await measure()
else console.log('needs Linux, root, sshd and tinyproxy')

async function measure(): Promise<void> {
  const network = createNetwork(9)
  const undo: (() => unknown)[] = [network.remove]
  try {
    await run(network, undo)
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

async function run(network: Network, undo: (() => unknown)[]): Promise<void> {
  const centre = await startCentre({ namespace: network.centre, address: network.centre_address })
  undo.push(centre.stop)
  const agent = await startAgentProcess(centre, {
    namespace: network.server,
    listen: `${network.server_address}:${await freePort()}`,
  })
  undo.push(() => agent.end())
  await agent.start(centre.config)

  const variants = {
    'autossh -M 0, 30×3': ['ServerAliveInterval=30', 'ServerAliveCountMax=3'],
    'autossh -M 0, 5×3, ConnectTimeout 10': [
      'ServerAliveInterval=5',
      'ServerAliveCountMax=3',
      'ConnectTimeout=10',
    ],
  }
  const tunnels = [
    {
      name: 'mon agent, defaults',
      port: centre.config.server_listen_port,
      sshPid: async () => (await agent.status()).pid ?? 0,
    },
  ]
  if (!existsSync('/usr/bin/autossh')) console.log('autossh is not installed, left out')
  for (const [name, options] of Object.entries(existsSync('/usr/bin/autossh') ? variants : {})) {
    const port = await freePort()
    const autossh = startAutossh(network.server, centre, port, options)
    undo.push(autossh.stop)
    tunnels.push({ name, port, sshPid: async () => autossh.sshPid() })
  }
  const answers = watchAnswers(
    network.server,
    tunnels.map(({ port }) => port),
  )
  undo.push(answers.stop)
  await Promise.all(tunnels.map(({ port }) => answers.first(port)))

  const all = (moment: number) =>
    Promise.all(tunnels.map(({ port }) => answers.after(port, moment, LIMIT_S)))
  const rows: [string, number[]][] = []
  const note = (what: string, seconds: number[]) => {
    rows.push([what, seconds])
    console.log(what, seconds.map(round).join(' | '))
  }

  await sleep(STABLE_S * 1000)
  const killed: number[] = []
  for (const { port, sshPid } of tunnels) {
    const pid = await sshPid()
    const moment = Date.now()
    process.kill(pid, 'SIGKILL')
    killed.push(await answers.after(port, moment + 20, LIMIT_S))
  }
  note('ssh killed', killed)

  await sleep(STABLE_S * 1000)
  await centre.stopSshd('all')
  await sleep(10_000)
  await centre.startSshd()
  note('sshd and its sessions away for 10 s', await all(Date.now()))

  for (const cut_s of [30, 125]) {
    await sleep(STABLE_S * 1000)
    const cut = Date.now()
    network.cut()
    await sleep(cut_s * 1000)
    network.mend()
    note(`link cut without a word for ${cut_s} s`, await all(Date.now()))
    const { events } = await agent.status()
    const lost = events.find(({ at, code }) => at > cut / 1000 && code === 'LINK_LOST')
    note('  noticed by the agent after', [(lost?.at ?? Number.NaN) - cut / 1000])
  }

  console.log(`\n| seconds | ${tunnels.map(({ name }) => name).join(' | ')} |`)
  for (const [what, seconds] of rows) console.log(`| ${what} | ${seconds.map(round).join(' | ')} |`)
}
