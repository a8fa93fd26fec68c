import { type Check, type CheckResult, runCheck } from '../plugin/check.js'
import type { Inspection } from '../plugin/inspection.js'
import { createHost } from './create-host.js'
import { loadSides, parseOptions } from './options.js'

/** `mon doctor`: what would fail, and the fix. The exit status is 1 where something would. */
export async function doctorCommand(args: string[]): Promise<void> {
  for (const sideConfig of await loadSides(parseOptions(args))) {
    const host = await createHost(sideConfig)
    const results = await host.inspect(checkUp)
    console.log(`${sideConfig.side}:`)
    for (const result of results) console.log(format(result))
    if (results.some(({ ok }) => !ok)) process.exitCode = 1
  }
}

async function checkUp({ hooks, plugins, checks }: Inspection): Promise<CheckResult[]> {
  const all: Check[] = [...checks]
  hooks.doctor.call({ add: (check) => void all.push(check) })
  const failed = plugins.flatMap(({ id, errors }) =>
    errors.map(({ message }) => ({ name: `plugin ${id}`, ok: false, message })),
  )
  return [...failed, ...(await Promise.all(all.map(runCheck)))]
}

function format({ name, ok, message, hint }: CheckResult): string {
  const remedy = hint === undefined ? '' : `\n        ${hint}`
  return `  ${ok ? 'ok  ' : 'FAIL'}  ${name}: ${message}${remedy}`
}
