import { DEFAULT_PATH, findProgram } from '../process/find-program.js'
import { runQuietly } from '../process/run-quietly.js'

/** The programs that make a tunnel, and the environment they get. */
export interface SshPrograms {
  ssh: string
  /** null: the key and the host key cannot be looked into before. */
  ssh_keygen: string | null
  /** What stands before ssh so that the kernel ends it with the agent; empty where that is not to be had. */
  wrapper: readonly string[]
  env: Record<string, string>
}

/** @returns null where there is no ssh */
export async function findSshPrograms(env: NodeJS.ProcessEnv): Promise<SshPrograms | null> {
  const path = env.PATH ?? DEFAULT_PATH
  // Nothing else of the agent's environment: it may hold secrets, and words that change what ssh does.
  const own = { PATH: path, LC_ALL: 'C', HOME: env.HOME ?? '/' }
  const [ssh, ssh_keygen, setpriv] = await Promise.all(
    ['ssh', 'ssh-keygen', 'setpriv'].map((name) => findProgram(name, path)),
  )
  if (ssh == null) return null
  return {
    ssh,
    ssh_keygen: ssh_keygen ?? null,
    wrapper: await wrapperOf(setpriv ?? null, own),
    env: own,
  }
}

/** After kill -9 of the agent ssh would live on and hold the port. SIGKILL reaches one that is stopped, too. */
async function wrapperOf(setpriv: string | null, env: NodeJS.ProcessEnv): Promise<string[]> {
  if (setpriv === null) return []
  const wrapper = [setpriv, '--pdeathsig', 'KILL', '--']
  const { status } = await runQuietly(setpriv, [...wrapper.slice(1), setpriv, '--help'], env)
  return status === 0 ? wrapper : []
}
