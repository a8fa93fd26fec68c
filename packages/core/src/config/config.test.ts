import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { expandEnv } from './expand-env.js'
import { loadConfig } from './load-config.js'
import { envName, overridesFromEnv } from './override-from-env.js'
import { readSecretFile } from './secret-file.js'
import { holdsSecret, maskSecrets } from './secrets.js'
import { validateConfig } from './validate-config.js'

const none: ReadonlySet<string> = new Set()

async function fileWith(text: string, mode = 0o600): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'mon-config-')), 'agent.yaml')
  await writeFile(file, text, { mode })
  return file
}

describe('loadConfig', () => {
  it('reads YAML', async () => {
    expect(await loadConfig(await fileWith('listen: 127.0.0.1:1\nplugins: {a: {}}'))).toEqual({
      listen: '127.0.0.1:1',
      plugins: { a: {} },
    })
  })

  it('takes one side of a file that holds both', async () => {
    const file = await fileWith('agent: {listen: a}\naggregator: {listen: b}')
    expect(await loadConfig(file, 'aggregator')).toEqual({ listen: 'b' })
    expect(await loadConfig(await fileWith('agent: {listen: a}'), 'aggregator')).toEqual({})
  })

  it('takes an empty file for one without keys', async () => {
    expect(await loadConfig(await fileWith('# nothing yet\n'))).toEqual({})
  })

  it('names the line of a mistake', async () => {
    const file = await fileWith('listen: a\nlisten: b')
    await expect(loadConfig(file)).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining(`${file}:2:`),
    })
  })

  it('says what to do about a star that YAML takes for a reference', async () => {
    await expect(loadConfig(await fileWith('listen: *:7881'))).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining('Unresolved alias'),
      hint: expect.stringContaining('quotes'),
    })
  })

  it('says that a file is not there, and how to name one', async () => {
    await expect(loadConfig('/nowhere/agent.yaml')).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      hint: expect.stringContaining('--config'),
    })
  })
})

describe('the environment', () => {
  it('fills ${NAME} in any value, and leaves $${NAME} as it is', () => {
    const { config, from_env } = expandEnv(
      { a: 'x-${HOME_DIR}-y', list: ['${HOME_DIR}'], deep: { b: '$${HOME_DIR}' }, n: 1 },
      { HOME_DIR: '/home/op' },
    )
    expect(config).toEqual({
      a: 'x-/home/op-y',
      list: ['/home/op'],
      deep: { b: '${HOME_DIR}' },
      n: 1,
    })
    expect([...from_env]).toEqual(['a', 'list[0]'])
  })

  it('names the variable that is not set, and where it is used', () => {
    expect(expandEnv({ deep: { a: '${MISSING}' } }, {}).problems).toEqual([
      'deep.a uses ${MISSING}, which is not set in the environment',
    ])
  })

  it('never expands what a variable itself contains', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(expandEnv({ a: '${A}' }, { A: value }).config).toEqual({ a: value })
      }),
    )
  })

  it('overrides every key, read as YAML unless a string is wanted', () => {
    const schema = Type.Object({
      poll_interval_s: Type.Number(),
      allowed_hosts: Type.Array(Type.String()),
      listen: Type.String(),
    })
    expect(
      overridesFromEnv(schema, 'MON_AGGREGATOR', {
        MON_AGGREGATOR_POLL_INTERVAL_S: '2.5',
        MON_AGGREGATOR_ALLOWED_HOSTS: '[a, b]',
        MON_AGGREGATOR_LISTEN: '1234',
      }).values,
    ).toEqual({ poll_interval_s: 2.5, allowed_hosts: ['a', 'b'], listen: '1234' })
    expect(envName('MON_AGENT', 'PLUGINS', 'gpu-nvidia', 'interval_ms')).toBe(
      'MON_AGENT_PLUGINS_GPU_NVIDIA_INTERVAL_MS',
    )
  })
})

describe('an environment variable that is not YAML', () => {
  it('is named, and its value is not shown', () => {
    const schema = Type.Object({ allowed_hosts: Type.Array(Type.String()) })
    expect(overridesFromEnv(schema, 'MON_AGENT', { MON_AGENT_ALLOWED_HOSTS: '[hunter2' })).toEqual({
      values: {},
      problems: ['MON_AGENT_ALLOWED_HOSTS in the environment is not valid YAML'],
    })
  })
})

describe('validateConfig', () => {
  const schema = Type.Object({
    interval_ms: Type.Number({ minimum: 250, default: 1000 }),
    mode: Type.Enum(['off', 'basic'], { default: 'basic' }),
    api_token: Type.Optional(Type.String({ minLength: 8 })),
    path: Type.Optional(Type.String({ pattern: '^/' })),
  })
  const problems = (section: unknown, fromEnv = none) => {
    const result = validateConfig(schema, section, 'plugins.x', fromEnv)
    return result.ok ? [] : result.problems
  }

  it('fills in defaults', () => {
    expect(validateConfig(schema, {}, 'plugins.x', none)).toEqual({
      ok: true,
      value: { interval_ms: 1000, mode: 'basic' },
    })
  })

  it('reports every error with its path, and what it got', () => {
    expect(problems({ interval_ms: 10, mode: 'all', intervall: 3 })).toEqual([
      'plugins.x.intervall is not a known key (known: interval_ms, mode, api_token, path)',
      'plugins.x.interval_ms must be >= 250 (got 10)',
      'plugins.x.mode must be one of off, basic (got "all")',
    ])
  })

  it('prints no secret, whether its key tells it or it came from the environment', () => {
    const all = problems({ api_token: 'hunter2', path: 'hunter3' }, new Set(['plugins.x.path']))
    expect(all).toHaveLength(2)
    expect(all.join()).not.toMatch(/hunter/)
    expect(problems([{ api_token: 'hunter4' }])).toEqual([
      'plugins.x must be object (got [{"api_token":"***"}])',
    ])
  })
})

describe('secrets', () => {
  it('are masked at any depth, but not the names of the files that hold them', () => {
    expect(
      maskSecrets(
        { token: 'a', token_file: './t', plugins: { x: { password: 'b', url: 'c', list: ['d'] } } },
        new Set(['plugins.x.url', 'plugins.x.list[0]']),
      ),
    ).toEqual({
      token: '***',
      token_file: './t',
      plugins: { x: { password: '***', url: '***', list: ['***'] } },
    })
  })

  it('are masked in the URLs of any value, and what surrounds them is left', () => {
    const urls = [
      'http://op:hunter2@proxy:3128',
      'https://hooks.example.com/x?token=hunter2&to=ops',
    ]
    expect(maskSecrets({ urls, note: 'http://op@host:80/a@b' }, none)).toEqual({
      urls: ['http://op:***@proxy:3128', 'https://hooks.example.com/x?token=***&to=ops'],
      note: 'http://op@host:80/a@b',
    })
  })

  it('are masked where the key is a number, too, and so is all below a secret key', () => {
    const { config, from_env } = expandEnv({ ports: { 8080: '${PIN}' } }, { PIN: 'hunter2' })
    expect(maskSecrets(config, from_env)).toEqual({ ports: { 8080: '***' } })
    const schema = Type.Object({
      ports: Type.Optional(Type.Record(Type.String(), Type.Number())),
      credentials: Type.Optional(Type.Object({ user: Type.String({ maxLength: 3 }) })),
    })
    const section = { ...config, credentials: { user: 'hunter2' } }
    expect(validateConfig(schema, section, '', from_env)).toEqual({
      ok: false,
      problems: [
        'ports[8080] must be number',
        'credentials.user must NOT have more than 3 characters',
      ],
    })
  })

  it.each(['token: *hunter2', 'token: |hunter2\n x'])(
    'are not quoted by the parser of a file that is not YAML: %j',
    async (text) => {
      await expect(loadConfig(await fileWith(text))).rejects.toMatchObject({
        code: 'CONFIG_UNREADABLE',
        message: expect.not.stringContaining('hunter2'),
      })
    },
  )

  it('are read from a file of mode 0600', async () => {
    expect(await readSecretFile(await fileWith('s3cret\n'), 'token_file', 'Make one')).toBe(
      's3cret',
    )
  })

  it.skipIf(process.platform === 'win32')(
    'are refused from a file that others can read',
    async () => {
      const file = await fileWith('s3cret', 0o644)
      await expect(readSecretFile(file, 'token_file', 'Make one')).rejects.toMatchObject({
        code: 'SECRET_TOO_OPEN',
        message: expect.not.stringContaining('s3cret'),
        hint: `Run: chmod 600 '${file}'`,
      })
    },
  )

  it('that are missing are asked for in the words of who needs them', async () => {
    for (const file of ['/nowhere/token', await fileWith(' \n')]) {
      await expect(readSecretFile(file, 'token_file', 'Make one')).rejects.toMatchObject({
        code: 'CONFIG_UNREADABLE',
        hint: 'Make one',
      })
    }
  })

  it.each([
    [{ token: 'abc' }, true],
    [{ plugins: { x: [{ password: 1234 }] } }, true],
    [{ smtp: { credentials: { user: 'a', pass: 'b' } } }, true],
    [{ token: 'pre-${TOKEN}' }, true],
    [{ token: '$${TOKEN}' }, true],
    [{ token: '${TOKEN}' }, false],
    [{ proxy: 'http://op:abc@proxy:3128' }, true],
    [{ proxy: 'http://op:${PASSWORD}@proxy:3128' }, false],
    [{ token_file: './t', token: null, password: '' }, false],
    [{ require_token: true }, false],
  ])('stand in %j itself: %s', (config, holds) => {
    expect(holdsSecret(config)).toBe(holds)
  })

  it.skipIf(process.platform === 'win32')(
    'are refused in a configuration that others can read; one without them may be public',
    async () => {
      const file = await fileWith('aggregator: {smtp: {password: s3cret}}', 0o644)
      const refused = expect(loadConfig(file, 'agent')).rejects
      await refused.toMatchObject({
        code: 'SECRET_TOO_OPEN',
        message: expect.not.stringContaining('s3cret'),
        hint: `Run: chmod 600 '${file}'`,
      })
      await chmod(file, 0o600)
      expect(await loadConfig(file, 'aggregator')).toEqual({ smtp: { password: 's3cret' } })
      const open = await fileWith('aggregator: {smtp: {password: "${SMTP}"}}', 0o644)
      expect(await loadConfig(open, 'aggregator')).toHaveProperty('smtp')
    },
  )
})
