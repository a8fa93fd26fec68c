import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { messageOf } from '../errors.js'
import { hostConfig } from './host-config.js'
import type { PluginIdentity, PluginSide } from './plugin.js'
import { prepareHost } from './prepare-host.js'

interface TestPlugin extends PluginIdentity {
  agent?: PluginSide<unknown>
}

const plugin = (id: string, agent: PluginSide<unknown> = {}): TestPlugin => ({
  id,
  package: `@test/${id}`,
  version: '1.0.0',
  api: '^1.0.0',
  agent,
})

const fans = plugin('fans', {
  config: Type.Object({
    interval_ms: Type.Number({ minimum: 250, default: 1000 }),
    api_token: Type.Optional(Type.String({ minLength: 8 })),
  }),
})

function prepare(
  config: Record<string, unknown>,
  plugins: TestPlugin[],
  env: Record<string, string> = {},
) {
  return prepareHost({
    side: 'agent',
    sideOf: (candidate: TestPlugin) => candidate.agent,
    schema: Type.Object({ listen: Type.String({ default: '127.0.0.1:7881' }), ...hostConfig }),
    config,
    builtIn: [],
    plugins,
    env,
  })
}

describe('the configuration of a host', () => {
  it('finds a plugin’s section below its package or its id, and fills in the defaults', async () => {
    const byPackage = await prepare({ plugins: { '@test/fans': { interval_ms: 500 } } }, [fans])
    const byId = await prepare({ plugins: { fans: { interval_ms: 500 } } }, [fans])
    const absent = await prepare({}, [fans])
    expect(byPackage.plugins[0]?.config).toEqual({ interval_ms: 500 })
    expect(byId.plugins[0]?.config).toEqual({ interval_ms: 500 })
    expect(absent.plugins[0]?.config).toEqual({ interval_ms: 1000 })
    expect(absent.config).toMatchObject({ listen: '127.0.0.1:7881', on_plugin_failure: 'degrade' })
  })

  it('reports every error of the host and of every plugin at once, and no secret', async () => {
    const config = {
      listen: 7881,
      log_level: 'loud',
      plugins: {
        '@test/fans': { interval_ms: 10, api_token: 'hunter2' },
        gone: {},
        lamps: { colour: 'red' },
      },
    }
    const failure = prepare(config, [fans, plugin('lamps')])
    await expect(failure).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    const error: unknown = await failure.catch((thrown: unknown) => thrown)
    expect(messageOf(error).split('\n').slice(1)).toEqual([
      '- listen must be string (got 7881)',
      '- log_level must be one of debug, info, warn, error, silent (got "loud")',
      '- plugins.@test/fans.interval_ms must be >= 250 (got 10)',
      '- plugins.@test/fans.api_token must NOT have fewer than 8 characters',
      '- plugins.lamps.colour is not a known key (known: none)',
      '- plugins.gone names a plugin that is not loaded',
    ])
  })

  it('refuses keys for a side that the plugin does not have', async () => {
    const { agent: _, ...aggregatorOnly } = plugin('history')
    await expect(
      prepare({ plugins: { history: { retention_days: 3 } } }, [aggregatorOnly]),
    ).rejects.toThrow('plugins.history has no agent part')
    expect((await prepare({ plugins: { history: {} } }, [aggregatorOnly])).plugins).toEqual([])
  })

  it('takes every key from the environment, the plugins’ too', async () => {
    const { config, plugins } = await prepare({ listen: '127.0.0.1:1' }, [fans], {
      MON_AGENT_LISTEN: '127.0.0.1:2',
      MON_AGENT_PLUGINS_FANS_INTERVAL_MS: '300',
    })
    expect(config.listen).toBe('127.0.0.1:2')
    expect(plugins[0]?.config).toEqual({ interval_ms: 300 })
  })

  it('takes `plugins:` without a line below it for none', async () => {
    const { config, plugins } = await prepare({ plugins: null }, [fans])
    expect(config.plugins).toEqual({})
    expect(plugins).toHaveLength(1)
  })

  it('names a variable that is not YAML beside all other errors', async () => {
    const failure = prepare({ log_level: 'loud' }, [fans], {
      MON_AGENT_PLUGIN_TIMEOUT_S: '{hunter2',
      MON_AGENT_PLUGINS_FANS_INTERVAL_MS: '[hunter2',
    })
    const error: unknown = await failure.catch((thrown: unknown) => thrown)
    expect(messageOf(error).split('\n').slice(1)).toEqual([
      '- MON_AGENT_PLUGIN_TIMEOUT_S in the environment is not valid YAML',
      '- log_level must be one of debug, info, warn, error, silent (got "loud")',
      '- MON_AGENT_PLUGINS_FANS_INTERVAL_MS in the environment is not valid YAML',
    ])
  })

  it('lets a plugin change it before it is validated', async () => {
    const vault = plugin('vault', {
      tapConfig: (hook) =>
        hook.tapPromise('vault', async (raw) => ({ ...raw, listen: '127.0.0.1:3' })),
    })
    expect((await prepare({ listen: 'vault:listen' }, [vault])).config.listen).toBe('127.0.0.1:3')
  })

  it('does not start when a plugin’s change of it fails', async () => {
    const vault = plugin('vault', {
      tapConfig: (hook) =>
        hook.tapPromise('vault', async () => {
          throw new Error('sealed')
        }),
    })
    await expect(prepare({}, [vault])).rejects.toThrow(
      'Plugin "vault": its change of the configuration failed: sealed',
    )
  })

  it('names the plugin whose schema cannot be compiled, beside all other errors', async () => {
    const bad = plugin('bad', { config: Type.Object({ name: Type.String({ pattern: '(' }) }) })
    const error: unknown = await prepare({ log_level: 'loud' }, [bad]).catch((thrown) => thrown)
    expect(messageOf(error).split('\n').slice(1)).toEqual([
      expect.stringMatching(
        /^- Plugin "bad": the schema of its configuration cannot be compiled: /,
      ),
      '- log_level must be one of debug, info, warn, error, silent (got "loud")',
    ])
  })

  it('is printed whole, with its secrets masked', async () => {
    const { printable } = await prepare(
      { plugins: { '@test/fans': { api_token: 'hunter22' } }, listen: '${ADDRESS}' },
      [fans],
      { ADDRESS: '127.0.0.1:9' },
    )
    expect(printable).toMatchObject({
      listen: '***',
      log_level: 'info',
      plugins: { '@test/fans': { api_token: '***', interval_ms: 1000 } },
    })
  })
})
