/**
 * The one process that calls into the driver. A call that never returns, or a library that
 * aborts, ends here and not in the agent. It does nothing but wait for the next request, so it
 * reads and writes its pipes synchronously, and ends when the agent does.
 */
import { readSync, writeSync } from 'node:fs'
import { messageOf } from '../message-of.js'
import { describeCode, SUCCESS } from './codes.js'
import { endWithParent } from './end-with-parent.js'
import { loadNvml, type Nvml } from './library.js'
import { openCards, type Slot } from './open-cards.js'
import type { ChildLine, SweepRequest } from './protocol.js'
import { readCard } from './read-card.js'

const skipAtOpen: string[] = JSON.parse(process.argv[2] ?? '[]')

/** What has yet to leave this process. */
let said = ''

const nvml = await prepare().catch((error: unknown) => {
  say({ say: 'failed', at: 'library', message: messageOf(error) })
})
if (nvml) {
  try {
    serve(nvml)
  } catch (error) {
    say({ say: 'failed', at: 'driver', message: messageOf(error) })
  }
}

async function prepare(): Promise<Nvml> {
  // A safeguard only: where the C library is another one, the cards are read all the same.
  await endWithParent().catch(() => undefined)
  return loadNvml()
}

function serve(nvml: Nvml): void {
  const code = nvml.call('nvmlInit_v2')
  if (code !== SUCCESS) throw new Error(describeCode(code))
  let slots = openCards(nvml, skipAtOpen, say)
  say({ say: 'done' })
  for (const request of requests()) {
    slots = openCards(nvml, request.skip, say, slots)
    for (const slot of inOrder(slots, request)) {
      say({ say: 'touching', index: slot.index })
      const card = slot.opened ? readCard(nvml, slot.opened, request) : slot.failure
      // It leaves with the next line: each write wakes the agent.
      said += lineOf({ say: 'card', card })
    }
    say({ say: 'done' })
  }
}

function inOrder(slots: readonly Slot[], { skip, last }: SweepRequest): Slot[] {
  const isLast = (slot: Slot) => last.includes(slot.key)
  const wanted = slots.filter(({ key }) => !skip.includes(key))
  return [...wanted.filter((slot) => !isLast(slot)), ...wanted.filter(isLast)]
}

function say(line: ChildLine): void {
  writeSync(1, said + lineOf(line))
  said = ''
}

function lineOf(line: ChildLine): string {
  return `${JSON.stringify(line)}\n`
}

function* requests(): Generator<SweepRequest> {
  const chunk = Buffer.alloc(16 * 1024)
  let text = ''
  for (;;) {
    const length = readSync(0, chunk)
    if (length === 0) return
    text += chunk.toString('utf8', 0, length)
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}
