import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGuard, type Static, Type } from '@mon/core'

/** A process and the agent that started it, told apart from later ones with the same pid. */
const PidRecord = Type.Object({
  pid: Type.Integer({ minimum: 2 }),
  start_time: Type.String({ description: 'Clock ticks since the boot' }),
  command: Type.Array(Type.String()),
  agent_pid: Type.Integer({ minimum: 1 }),
  agent_start_time: Type.String(),
})
type PidRecord = Static<typeof PidRecord>
const isPidRecord = createGuard(PidRecord)

export interface PidFile {
  /** Remembers a process that has just been started. */
  write(pid: number, command: readonly string[]): void
  clear(): void
  /** The process that is remembered, if it is that one still. */
  running(): number | null
  /**
   * Ends the process that an agent which is gone has left behind, and which would hold the port.
   * Never another one: the pid must still have the start time and the command line that it had.
   *
   * @param grace_ms from SIGTERM to SIGKILL
   * @returns its pid, or null where there is none
   */
  endOrphan(grace_ms: number): Promise<number | null>
}

export const pidFileIn = (state_dir: string) => join(state_dir, 'ssh.pid')

export function createPidFile(file: string): PidFile {
  return {
    write(pid, command) {
      const start_time = startTimeOf(pid)
      const agent_start_time = startTimeOf(process.pid)
      if (start_time === null || agent_start_time === null) return
      const record: PidRecord = {
        pid,
        start_time,
        command: [...command],
        agent_pid: process.pid,
        agent_start_time,
      }
      try {
        writeFileSync(file, JSON.stringify(record), { mode: 0o600 })
      } catch {
        // On a full disk the tunnel is worth more; the kernel ends ssh with the agent in most cases.
      }
    },
    clear: () => rmSync(file, { force: true }),
    running() {
      const record = read(file)
      return record !== null && isSame(record) ? record.pid : null
    },
    async endOrphan(grace_ms) {
      const record = read(file)
      if (record === null || !isOrphan(record)) return null
      kill(record.pid, 'SIGTERM')
      if (!(await isGoneWithin(record, grace_ms))) {
        kill(record.pid, 'SIGKILL')
        await isGoneWithin(record, 1_000)
      }
      rmSync(file, { force: true })
      return record.pid
    },
  }
}

/** When a process was started; null where there is none, or only its remains wait to be collected. */
export function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field, in brackets, is the program's name and may hold anything.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? null : (fields[18] ?? null)
  } catch {
    return null
  }
}

function read(file: string): PidRecord | null {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isPidRecord(record) ? record : null
  } catch {
    return null
  }
}

function isOrphan(record: PidRecord): boolean {
  const isOurs = record.agent_pid === process.pid
  const hasParent = !isOurs && startTimeOf(record.agent_pid) === record.agent_start_time
  return !hasParent && isSame(record)
}

function isSame({ pid, start_time, command }: PidRecord): boolean {
  return startTimeOf(pid) === start_time && commandOf(pid).endsWith(`\0${command.join('\0')}\0`)
}

function commandOf(pid: number): string {
  try {
    return `\0${readFileSync(`/proc/${pid}/cmdline`, 'utf8')}`
  } catch {
    return ''
  }
}

async function isGoneWithin(record: PidRecord, limit_ms: number): Promise<boolean> {
  for (let waited = 0; waited < limit_ms; waited += 50) {
    if (startTimeOf(record.pid) !== record.start_time) return true
    await sleep(50)
  }
  return startTimeOf(record.pid) !== record.start_time
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It was gone already.
  }
}
