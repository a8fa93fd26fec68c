import { stringify } from 'yaml'
import { joinErrors } from '../errors.js'
import { createHost } from './create-host.js'
import { loadSides, parseOptions } from './options.js'
import { UsageError } from './usage-error.js'

/** `mon config check` and `mon config print`. */
export async function configCommand(args: string[]): Promise<void> {
  const options = parseOptions(args, 1)
  const [action] = options.positionals
  if (action !== 'check' && action !== 'print') {
    throw new UsageError('Say `mon config check` or `mon config print`.')
  }
  const sides = await loadSides(options)
  const hosts = await Promise.all(sides.map(createHost))
  const [first, ...others] = hosts.flatMap(({ unloadable }) => unloadable).map(({ error }) => error)
  if (first !== undefined) throw joinErrors([first, ...others])
  for (const [index, { side }] of sides.entries()) {
    if (action === 'check') console.log(`${side}: valid`)
    else console.log(stringify({ [side]: hosts[index]?.config }).trimEnd())
  }
}
