import { type Command, createGuard, MonError, type RunningHost, Type } from '@mon/core'
import { ProxyStatus } from '../proxy-status.js'
import type { Bounds } from './bounds.js'
import { printStatus } from './print-status.js'
import { targetOf } from './ssh/ssh-arguments.js'
import { allSteps, isOwnTunnel, readPlan } from './tunnel-steps.js'

const usage = `Usage: mon proxy status|start|stop|test [--config FILE]

The tunnel of this server to the centre.

  status  how it fares, and what has happened last
  start   start it, or start it anew, as it was saved
  stop    stop it; with auto_start it is back when the agent is started again
  test    try each step by itself, and say what is wrong and how to mend it

All but test ask the agent, which must run. Run them in the folder of agent.yaml, or name it with
--config FILE, as the user that the agent runs as.`

const isProxyStatus = createGuard(ProxyStatus)
const isProblem = createGuard(
  Type.Object({
    code: Type.String(),
    detail: Type.String(),
    hint: Type.Optional(Type.String()),
  }),
)

/** `mon proxy`, on a server. */
export function proxyCommand(bounds: Bounds, env: NodeJS.ProcessEnv): Command {
  return {
    name: 'proxy',
    summary: 'the tunnel of this server: status, start, stop or test',
    async run(args, host) {
      const [action, ...others] = args
      switch (others.length === 0 ? action : undefined) {
        case 'status':
          return show(await ask(host, 'GET', 'status'))
        case 'start':
          return show(await settled(host, await ask(host, 'POST', 'start')))
        case 'stop':
          return show(await ask(host, 'POST', 'stop'))
        case 'test':
          return test(bounds, env)
        case '--help':
        case '-h':
          return console.log(usage)
        default:
          console.error(usage)
          process.exitCode = 2
      }
    },
  }
}

function show(status: ProxyStatus): void {
  for (const line of printStatus(status, Date.now() / 1000)) console.log(line)
  if (status.status !== 'connected' && status.status !== 'stopped') process.exitCode = 1
}

async function ask(
  host: RunningHost,
  method: 'GET' | 'POST',
  action: string,
): Promise<ProxyStatus> {
  const { url, answer } = await host.ask({ method, path: `/v1/proxy/${action}` })
  if (answer === null) {
    throw new Error(`The agent does not run at ${url}. Start it, or name its file with --config.`)
  }
  const { status, body } = answer
  if (isProxyStatus(body)) return body
  if (!isProblem(body)) throw new Error(`${url} answers ${status}, and is no agent.`)
  const { code, detail, hint } = body
  throw new Error(`${code}: ${detail}${hint === undefined ? '' : `\n${hint}`}`)
}

const LOGIN_LIMIT_MS = 15_000

/** Until it is up, or it is known why not. */
async function settled(host: RunningHost, first: ProxyStatus): Promise<ProxyStatus> {
  let status = first
  for (let waited = 0; status.status === 'starting' && waited < LOGIN_LIMIT_MS; waited += 250) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    status = await ask(host, 'GET', 'status')
  }
  return status
}

async function test(bounds: Bounds, env: NodeJS.ProcessEnv): Promise<void> {
  const plan = await readPlan(bounds, env)
  if (plan === null) {
    throw new MonError('PROXY_NOT_CONFIGURED', 'No tunnel was ever configured on this server.', {
      hint: 'Save one on the server’s page of the web UI.',
    })
  }
  console.log(targetOf(plan.config))
  for (const { name, run } of allSteps) {
    const failure = await run(plan)
    if (failure === null) console.log(`  ok    ${name}`)
    else if (await isOwnTunnel(failure, plan))
      console.log('  ok    the port is open: the tunnel is up')
    else {
      console.log(`  FAIL  ${name}: ${failure.code}\n        ${failure.message}`)
      if (failure.hint !== null) console.log(`        ${failure.hint}`)
      process.exitCode = 1
      // What follows needs it.
      return
    }
  }
}
