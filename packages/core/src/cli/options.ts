import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { loadConfig, type RawConfig, type Side } from '../config/load-config.js'
import { messageOf } from '../errors.js'
import { UsageError } from './usage-error.js'

export interface Options {
  config?: string
  side?: Side
  to?: string
  positionals: string[]
}

/** A configuration file, and the side it is for. */
export interface SideConfig {
  side: Side
  config: RawConfig
}

const known = {
  config: { type: 'string', short: 'c' },
  side: { type: 'string' },
  to: { type: 'string' },
} satisfies ParseArgsConfig['options']

/**
 * @param most how many words the command takes beside its options
 * @throws UsageError
 */
export function parseOptions(args: string[], most = 0): Options {
  const { values, positionals } = parse(args)
  const unexpected = positionals[most]
  if (unexpected !== undefined) {
    throw new UsageError(`"${unexpected}" is one word too many. Name a file with --config FILE.`)
  }
  const { side, ...others } = values
  if (side === undefined) return { ...others, positionals }
  if (side !== 'agent' && side !== 'aggregator') {
    throw new UsageError(`--side must be agent or aggregator, not "${side}".`)
  }
  return { ...others, side, positionals }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: known, allowPositionals: true })
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
}

/**
 * The configurations that a command is about: the file named, on the side named or told by its
 * name; without a file, `agent.yaml` and `aggregator.yaml` as far as they are there.
 */
export async function loadSides({ config, side }: Options): Promise<SideConfig[]> {
  if (config !== undefined) return loadFile(config, side)
  const sides: Side[] = side === undefined ? ['agent', 'aggregator'] : [side]
  const found = sides.filter((name) => existsSync(`${name}.yaml`))
  // Without any file every key has its default, as for `mon agent` and `mon aggregator`.
  if (found.length === 0) return sides.map((name) => ({ side: name, config: {} }))
  return Promise.all(
    found.map(async (name) => ({ side: name, config: await loadConfig(`${name}.yaml`, name) })),
  )
}

async function loadFile(file: string, side: Side | undefined): Promise<SideConfig[]> {
  const named = side ?? sideOfName(basename(file))
  if (named !== undefined) return [{ side: named, config: await loadConfig(file, named) }]
  const whole = await loadConfig(file)
  const sections = (['agent', 'aggregator'] as const).filter((name) => name in whole)
  if (sections.length === 0) {
    throw new UsageError(
      `Is ${file} for an agent or an aggregator? Say --side agent or --side aggregator.`,
    )
  }
  return Promise.all(
    sections.map(async (name) => ({ side: name, config: await loadConfig(file, name) })),
  )
}

function sideOfName(name: string): Side | undefined {
  return (['agent', 'aggregator'] as const).find((side) => name.startsWith(side))
}
