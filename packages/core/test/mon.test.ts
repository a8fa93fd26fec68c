import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { version1File } from '../src/database/testdata/files.js'

const bin = fileURLToPath(new URL('../bin/mon.mjs', import.meta.url))

/** A deployment's directory, with a plugin of its own in a file. */
async function deployment(files: Record<string, string> = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mon-deployment-'))
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(directory, name), text, { mode: 0o600 })
  }
  return directory
}

/** Runs the built command. */
const mon = (cwd: string, ...args: string[]) => monWith(process.env, cwd, ...args)

function monWith(env: NodeJS.ProcessEnv, cwd: string, ...args: string[]) {
  return new Promise<{ status: number; out: string; err: string }>((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd, env }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    )
  })
}

const fansPlugin = `
export default {
  id: 'fans', version: '2.0.0', api: '^1.0.0',
  agent: { config: { type: 'object', required: ['interval_ms'], properties: {
    interval_ms: { type: 'number', minimum: 250, default: 1000 },
    api_token: { type: 'string' },
  } } },
  aggregator: { metrics: [
    { name: 'fan_rpm', unit: 'count', label: { en: 'Fan', 'zh-CN': '风扇' }, hourly: ['avg'] },
  ], migrations: [
    { id: '001', version: '1.1', up: ['CREATE TABLE fans (a)'], down: ['DROP TABLE fans'] },
  ] },
}`

describe('mon', () => {
  it('prints how it is used, and exits with 2, when the command line is wrong', async () => {
    const cwd = await deployment()
    for (const args of [
      [],
      ['dance'],
      ['config'],
      ['db', 'status', '--nope'],
      ['db', 'dance'],
      ['agent', 'agent.yaml'],
      ['db', 'constructor'],
    ]) {
      const { status, err } = await mon(cwd, ...args)
      expect([args, status]).toEqual([args, 2])
      expect(err).toContain('Usage: mon <command>')
    }
    expect(await mon(cwd, 'agent', '--help')).toMatchObject({ status: 0, err: '' })
    expect(await mon(cwd, '--version')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

describe('mon config', () => {
  it('reports every error at once and exits with 1', async () => {
    const cwd = await deployment({
      'fans.mjs': fansPlugin,
      'agent.yaml': 'listen: here\nplugins: {./fans.mjs: {interval_ms: 10, api_token: [hunter2]}}',
    })
    const { status, err } = await mon(cwd, 'config', 'check')
    expect(status).toBe(1)
    expect(err).toContain('listen must be host:port, such as 127.0.0.1:7881 (got "here")')
    expect(err).toContain('plugins../fans.mjs.interval_ms must be >= 250 (got 10)')
    expect(err).not.toContain('hunter2')
  })

  it('prints what is in force, with secrets masked', async () => {
    const cwd = await deployment({
      'fans.mjs': fansPlugin,
      'both.yaml':
        'agent: {plugins: {./fans.mjs: {api_token: hunter2}}}\naggregator: {poll_interval_s: 9}',
    })
    expect((await mon(cwd, 'config', 'check', '--config', 'both.yaml')).out).toBe(
      'agent: valid\naggregator: valid\n',
    )
    const { out, status } = await mon(cwd, 'config', 'print', '--config', 'both.yaml')
    expect(status).toBe(0)
    expect(out).toContain('poll_interval_s: 9')
    expect(out).toContain('api_token: "***"')
    expect(out).not.toContain('hunter2')
  })

  it('names every package that is not installed, and the command that installs it', async () => {
    const cwd = await deployment({
      'agent.yaml': "plugins: {'@mon/plugin-lasers': {}, mon-plugin-fog: {}}",
    })
    const { status, err } = await mon(cwd, 'config', 'check')
    expect(status).toBe(1)
    expect(err).toContain('PLUGIN_NOT_FOUND: 2 problems:')
    expect(err).toContain('Plugin @mon/plugin-lasers is not installed here.')
    expect(err).toContain('npm install @mon/plugin-lasers')
    expect(err).toContain('npm install mon-plugin-fog')
  })
})

describe('mon plugins', () => {
  it('lists the plugins of the deployment, and what each brings, taps and serves', async () => {
    const busyPlugin = `export default { id: 'busy', version: '1.0.0', api: '^1.0.0',
      agent: { load: async () => ({ setup(ctx) {
        ctx.collector({ fields: { fan_rpm: { type: 'number' } }, collect: () => ({ fan_rpm: 1 }) })
        ctx.routes(async (app) => { app.get('/fans', () => []) })
      } }) } }`
    const cwd = await deployment({
      'fans.mjs': fansPlugin,
      'busy.mjs': busyPlugin,
      'agent.yaml': 'plugins: {./busy.mjs: {}}',
      'aggregator.yaml': 'plugins: {./fans.mjs: {}}',
    })
    const { out, err } = await mon(cwd, 'plugins')
    expect(err).toBe('')
    expect(out).toMatch(
      /system {2}1\.\d+\.\d+ {2}system {2}ready, set up in .* ms\n {4}brings .*cpu_pct/,
    )
    expect(out).toMatch(
      /fans {2}2\.0\.0 {2}\.\/fans\.mjs .*\n {4}brings +metric fan_rpm, migration 001\n/,
    )
    expect(out).toMatch(
      /busy .*\n {4}taps +collect, routes\n {4}collects +busy\n {4}serves +GET \/v1\/plugins\/busy\/fans\n/,
    )
    expect((await readdir(cwd)).filter((file) => file.endsWith('.db'))).toEqual([])
  })

  it.each(['agent', 'aggregator'])('shows what each tap of a running %s has cost', async (side) => {
    const busyPlugin = (id: string) => `
      const setup = (ctx) => ctx.hooks.health.tapPromise('${id}', async () => { throw new Error('no') })
      const side = { load: async () => ({ setup }) }
      export default { id: '${id}', version: '1.0.0', api: '^1.0.0', agent: side, aggregator: side }`
    const cwd = await deployment({
      'busy.mjs': busyPlugin('busy'),
      'late.mjs': busyPlugin('late'),
      token: 'a-token',
      [`${side}.yaml`]: 'token_file: ./token\nplugins: {./busy.mjs: {}}',
    })
    const child = fork(bin, [side], {
      cwd,
      env: { ...process.env, [`MON_${side.toUpperCase()}_LISTEN`]: '127.0.0.1:0' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const [{ url }] = await once(child, 'message')
    await fetch(`${url}/healthz`)

    const config = `listen: ${new URL(url).host}\ntoken_file: ./token\nplugins: {./late.mjs: {}}`
    await writeFile(join(cwd, `${side}.yaml`), config)
    const { out } = await mon(cwd, 'plugins')
    expect(out).toContain(`${side}: runs at ${url}, ok\n`)
    expect(out).toMatch(
      /system .*\n(?: {4}.*\n)* {4}running +1\.\d+\.\d+, ready, started in .* ms\n/,
    )
    expect(out).toMatch(/late .*\n(?: {4}.*\n)* {4}running +no: it takes a restart to load it\n/)
    expect(out).toContain('busy  1.0.0  runs, and is not in this configuration\n')

    await writeFile(join(cwd, `${side}.yaml`), config.replace('late', 'busy'))
    expect((await mon(cwd, 'plugins')).out).toMatch(
      /busy .*\n(?: {4}.*\n)* {4}costs +health: [23] calls, [\d.]+ ms each, [\d.]+ ms at most, [23] failures\n/,
    )
    child.kill('SIGTERM')
    await once(child, 'close')
    expect((await mon(cwd, 'plugins')).out).toContain(
      `${side}: does not run at ${url}. While it does, this shows what each tap costs.\n`,
    )
  })

  it('says why a plugin would fail', async () => {
    const broken = `export default { id: 'broken', version: '1.0.0', api: '^1.0.0',
      agent: { load: async () => ({ setup() { throw new Error('no sensor') } }) } }`
    const cwd = await deployment({
      'broken.mjs': broken,
      'agent.yaml': 'plugins: {./broken.mjs: {}}',
    })
    const { out } = await mon(cwd, 'plugins')
    expect(out).toMatch(/broken .* failed, .*\n {4}errors +PLUGIN_FAILED: .*no sensor/)
  })
})

describe('mon doctor', () => {
  it('finds nothing wrong with a fresh deployment, and makes nothing', async () => {
    const cwd = await deployment({
      'agent.yaml': 'listen: 127.0.0.1:0',
      'aggregator.yaml': 'listen: 127.0.0.1:0',
    })
    const { status, out } = await mon(cwd, 'doctor')
    expect(out).toContain('monitor.db is made at the first start')
    expect(out).not.toContain('FAIL')
    expect(status).toBe(0)
    expect((await readdir(cwd)).sort()).toEqual(['agent.yaml', 'aggregator.yaml'])
  })

  it('says what would fail, what the plugins find, and the fix', async () => {
    const cwd = await deployment({
      'fans.mjs': `export default { id: 'fans', version: '1.0.0', api: '^1.0.0', agent: {
        load: async () => ({ setup(ctx) {
          ctx.hooks.doctor.tap('fans', (checks) => checks.add({
            name: 'fan bus', run: async () => { throw new Error('the bus is silent') },
          }))
        } }),
      } }`,
      'broken.mjs': `export default { id: 'broken', version: '1.0.0', api: '^1.0.0', agent: {
        load: async () => { throw new Error('a syntax error') },
      } }`,
      'agent.yaml': 'listen: 0.0.0.0:0\nplugins: {./fans.mjs: {}, ./broken.mjs: {}}',
    })
    const { status, out } = await mon(cwd, 'doctor')
    expect(status).toBe(1)
    expect(out).toMatch(/FAIL {2}listen: .*there is no token.*\n +.*token_file/)
    expect(out).toContain('FAIL  fan bus: the bus is silent')
    expect(out).toMatch(/FAIL {2}plugin broken: .*a syntax error/)
  })
})

describe('a command of a plugin', () => {
  it('runs as mon’s own', async () => {
    const cwd = await deployment({
      'fans.mjs': `export default { id: 'fans', version: '1.0.0', api: '^1.0.0', aggregator: {
        load: async () => ({ setup(ctx) {
          ctx.hooks.commands.tap('fans', (commands) => commands.add({
            name: 'spin', summary: 'Spin the fans', run: async (args) => console.log('spinning', ...args),
          }))
        } }),
      } }`,
      'aggregator.yaml': 'plugins: {./fans.mjs: {}}',
    })
    expect(await mon(cwd, 'spin', '--fast')).toEqual({
      status: 0,
      out: 'spinning --fast\n',
      err: '',
    })
    expect((await mon(cwd, 'dance')).err).toContain(
      'There is no command "dance". The plugins here add: spin.',
    )
  })

  it('asks the host that runs, with its token, by the configuration that is named', async () => {
    const cwd = await deployment({
      'fans.mjs': `export default { id: 'fans', version: '1.0.0', api: '^1.0.0', agent: {
        load: async () => ({ setup(ctx) {
          ctx.routes(async (app) => app.post('/spin', async ({ body }) => ({ rpm: body.rpm * 2 })))
          ctx.hooks.commands.tap('fans', (commands) => commands.add({
            name: 'spin', summary: 'Spin the fans', run: async ([rpm], host) => {
              const body = { rpm: Number(rpm) }
              const { answer } = await host.ask({ method: 'POST', path: '/v1/plugins/fans/spin', body })
              console.log(JSON.stringify(answer))
            },
          }))
        } }),
      } }`,
      token: 'a-token',
    })
    const port = await freePort()
    const file = join(cwd, 'fans-agent.yaml')
    const config = `{agent: {listen: 127.0.0.1:${port}, token_file: ./token, plugins: {./fans.mjs: {}}}}`
    await writeFile(file, config)
    expect((await mon(cwd, 'spin', '450', '--config', file)).out).toBe('null\n')

    const agent = fork(bin, ['agent', '--config', file], {
      cwd,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    await once(agent, 'message')
    try {
      expect((await mon(cwd, 'spin', `--config=${file}`, '450')).out).toBe(
        '{"status":200,"body":{"rpm":900}}\n',
      )
      expect(await mon(cwd, 'spin', '450', '--config')).toMatchObject({ status: 2 })
    } finally {
      agent.kill()
    }
  }, 60_000)
})

describe('mon db', () => {
  it('adopts a database of version 1.0, shows its state, and rolls it back', async () => {
    const file = await version1File()
    const cwd = await deployment({
      'fans.mjs': fansPlugin,
      'aggregator.yaml': `database: ${JSON.stringify(file)}\nplugins: {./fans.mjs: {}}`,
    })
    expect((await mon(cwd, 'db', 'status')).out).toMatch(/fans +001 +1\.1 +pending/)

    const upgraded = await mon(cwd, 'db', 'upgrade')
    expect(upgraded).toMatchObject({ status: 0, err: '' })
    expect(upgraded.out).toMatch(/version 1\.0 is saved as .*monitor\.db\.backup-\d{8}T\d{6}Z/)
    expect(upgraded.out).toContain('applied fans/001')
    expect((await mon(cwd, 'db', 'status')).out).toMatch(/fans +001 +1\.1 +applied +20/)
    expect((await mon(cwd, 'db', 'upgrade')).out).toBe('The database is up to date.\n')

    const rolledBack = await mon(cwd, 'db', 'rollback', '--to', '1.0')
    expect(rolledBack.status).toBe(0)
    expect(rolledBack.out).toContain('undone fans/001')
    expect(rolledBack.out).toContain('The database is one of version 1.0.')
    expect((await mon(cwd, 'db', 'rollback', '--to', '9.0')).out).toContain('Nothing to undo')
  })

  it('changes nothing of a database of version 1.0 by looking at it', async () => {
    const file = version1File()
    const before = await readFile(file)
    const cwd = await deployment({ 'aggregator.yaml': `database: ${JSON.stringify(file)}` })
    expect((await mon(cwd, 'db', 'status')).out).toMatch(/core +\S+ +1\.\d +pending/)
    expect((await mon(cwd, 'doctor')).out).toContain('migrations are due at the next start')
    expect((await mon(cwd, 'db', 'backup', join(cwd, 'copy.db'))).status).toBe(0)
    expect((await readFile(file)).equals(before)).toBe(true)
    expect(await readdir(dirname(file))).toEqual(['monitor.db'])
  })

  it('saves a copy, and makes no database where there is none', async () => {
    const cwd = await deployment()
    expect(await mon(cwd, 'db', 'status')).toMatchObject({
      status: 1,
      err: expect.stringContaining(`There is no database at ${join(cwd, 'monitor.db')}`),
    })
    expect(await readdir(cwd)).toEqual([])
  })
})

describe('a plugin that cannot be loaded', () => {
  const files = {
    'broken.mjs': "throw new Error('no such device')",
    'agent.yaml': 'listen: 127.0.0.1:0\nplugins: {./broken.mjs: {}}',
  }

  it('keeps nothing else from starting, and is named', async () => {
    const child = fork(bin, ['agent'], {
      cwd: await deployment(files),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const [report] = await once(child, 'message')
    expect(report.plugins).toMatchObject([
      { id: 'system', state: 'ready' },
      {
        id: './broken.mjs',
        state: 'failed',
        errors: [{ message: expect.stringContaining('no such device') }],
      },
    ])
    child.kill('SIGTERM')
    await once(child, 'close')
  })

  it('keeps the host from starting where that is wanted', async () => {
    const abort = { ...files, 'agent.yaml': `${files['agent.yaml']}\non_plugin_failure: abort` }
    expect(await mon(await deployment(abort), 'agent')).toMatchObject({
      status: 1,
      err: expect.stringContaining(
        'PLUGIN_FAILED: Plugin ./broken.mjs cannot be loaded: no such device',
      ),
    })
  })

  it('is an error of the configuration', async () => {
    expect(await mon(await deployment(files), 'config', 'check')).toMatchObject({ status: 1 })
    expect((await mon(await deployment(files), 'doctor')).out).toContain(
      'FAIL  plugin ./broken.mjs',
    )
  })
})

describe('mon agent', () => {
  const start = (cwd: string, env: Record<string, string> = {}) =>
    fork(bin, ['agent'], {
      cwd,
      env: { ...process.env, MON_AGENT_LISTEN: '127.0.0.1:0', ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })

  it('runs until SIGTERM, and is gone in good order', async () => {
    const child = start(await deployment())
    const [report] = await once(child, 'message')
    const response = await fetch(`${report.url}/v1/snapshot`)
    expect(response.headers.get('x-request-id')).toBeTruthy()
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([null, 'SIGTERM'])
  })

  it('ends on SIGTERM although a plugin’s stop hangs and its timer would run for ever', async () => {
    const cwd = await deployment({
      'stuck.mjs': `export default { id: 'stuck', version: '1.0.0', api: '^1.0.0', agent: {
        load: async () => ({ setup(ctx) {
          setInterval(() => {}, 1000)
          ctx.onStop(() => new Promise(() => {}))
        } }),
      } }`,
      'agent.yaml': 'plugins: {./stuck.mjs: {}}',
    })
    const child = start(cwd)
    const log: Buffer[] = []
    child.stdout?.on('data', (chunk) => log.push(chunk))
    await once(child, 'message')
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([null, 'SIGTERM'])
    expect(Buffer.concat(log).toString()).toContain(
      'stuck: its tap on stop did not finish within 3 s.',
    )
  })

  it('outlives what a plugin throws from a timer or loses in a promise', async () => {
    const cwd = await deployment({
      'stray.mjs': `export default { id: 'stray', version: '1.0.0', api: '^1.0.0', agent: {
        load: async () => ({ setup(ctx) {
          ctx.hooks.ready.tap('stray', () => {
            Promise.reject(new Error('a lost promise'))
            setTimeout(() => { throw new Error('a stray timer') })
          })
        } }),
      } }`,
      'agent.yaml': 'plugins: {./stray.mjs: {}}',
    })
    const child = start(cwd)
    const log: Buffer[] = []
    child.stdout?.on('data', (chunk) => log.push(chunk))
    const [report] = await once(child, 'message')
    await expect.poll(() => Buffer.concat(log).toString()).toMatch(/a stray timer.*stray\.mjs/)
    expect(Buffer.concat(log).toString()).toContain('a lost promise')
    expect((await fetch(`${report.url}/v1/snapshot`)).status).toBe(200)
    child.kill('SIGTERM')
    await once(child, 'close')
  })

  it('says in words what keeps it from starting', async () => {
    const first = start(await deployment())
    const [report] = await once(first, 'message')
    const second = start(await deployment(), { MON_AGENT_LISTEN: new URL(report.url).host })
    const errors: Buffer[] = []
    second.stderr?.on('data', (chunk) => errors.push(chunk))
    expect(await once(second, 'close')).toEqual([1, null])
    const [line] = Buffer.concat(errors).toString().split('\n')
    expect(line).toMatch(/^LISTEN_FAILED: 127\.0\.0\.1:\d+ is already in use\.$/)
    first.kill('SIGTERM')
    await once(first, 'exit')
  })

  it('never logs its token', async () => {
    const cwd = await deployment({ 'agent.token': 'hunter2-hunter2' })
    const child = start(cwd, {
      MON_AGENT_TOKEN_FILE: './agent.token',
      MON_AGENT_LOG_LEVEL: 'debug',
    })
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const [report] = await once(child, 'message')
    const ask = (token: string) =>
      fetch(`${report.url}/v1/snapshot`, { headers: { authorization: `Bearer ${token}` } })
    expect((await ask('wrong')).status).toBe(401)
    expect((await ask('hunter2-hunter2')).status).toBe(200)
    child.kill('SIGTERM')
    await once(child, 'close')
    expect(Buffer.concat(output).toString()).toContain('/v1/snapshot')
    expect(Buffer.concat(output).toString()).not.toMatch(/hunter2|Bearer/)
  })
})

describe('A secret', () => {
  const leaky = `export default { id: 'leaky', version: '1.0.0', api: '^1.0.0', agent: {
    config: { type: 'object', properties: {
      url: { type: 'string' }, api_token: { type: 'string' }, proxy: { type: 'string' },
    } },
    load: async () => ({ setup(ctx) {
      const { url, api_token } = ctx.config
      ctx.log.warn({ deep: { er: { and: { deeper: { api_token } } } } }, 'asked ' + url)
      ctx.log.warn({ err: new Error('no answer', { cause: new Error(url) }) }, 'Bearer ' + api_token)
      ctx.collector({ fields: { n: { type: 'number' } }, collect: () => { throw new Error(url) } })
      ctx.hooks.health.tap('leaky', () => { throw new Error('cannot reach ' + url) })
      ctx.routes(async () => { throw new Error('no route to ' + url) })
      ctx.onStart(() => { throw new Error('no start with ' + url) })
    } }),
  } }`
  const files = {
    'leaky.mjs': leaky,
    'agent.yaml': [
      'log_level: debug',
      'plugins:',
      '  ./leaky.mjs:',
      '    url: http://op:hunter2-url@sensor:80/x',
      '    proxy: "http://${WHO}@proxy"',
    ].join('\n'),
  }
  const env = {
    ...process.env,
    MON_AGENT_LISTEN: '127.0.0.1:0',
    MON_AGENT_PLUGINS_LEAKY_API_TOKEN: 'hunter2-token',
    WHO: 'op:hunter2-env',
  }

  it.each(['config print', 'config check', 'plugins', 'doctor'])(
    'of the configuration is not printed by `mon %s`',
    async (command) => {
      const { out, err } = await monWith(env, await deployment(files), ...command.split(' '))
      expect(out + err).toMatch(/leaky|valid/)
      expect(out + err).not.toContain('hunter2')
    },
  )

  it('is in no log, no start report and no answer, whatever a plugin says', async () => {
    const child = fork(bin, ['agent'], {
      cwd: await deployment(files),
      env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const [report] = await once(child, 'message')
    const answers = await Promise.all(
      ['/healthz', '/v1/snapshot', '/metrics', '/openapi.json'].map(async (path) =>
        (await fetch(`${report.url}${path}?token=hunter2-query`)).text(),
      ),
    )
    child.kill('SIGTERM')
    await once(child, 'close')
    const all = `${JSON.stringify(report)}${answers.join()}${Buffer.concat(output)}`
    for (const expected of ['asked http://op:***@sensor', 'no start with http://op:***@sensor']) {
      expect(all).toContain(expected)
    }
    expect(all).not.toContain('hunter2')
  })
})

describe('the documentation', () => {
  const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')

  it('names every key of the configuration, and so does the example', async () => {
    const { AgentConfig } = await import('../src/agent/config.js')
    const { AggregatorConfig } = await import('../src/aggregator/config.js')
    const reference = await read('docs/reference/configuration.md')
    const example = await read('examples/full-stack/config.example.yaml')
    for (const { properties } of [AgentConfig, AggregatorConfig]) {
      for (const key of Object.keys(properties)) {
        expect(reference).toContain(`| \`${key}\` |`)
        expect(example).toContain(`${key}:`)
      }
    }
  })
})
