import { type ChildProcess, spawn } from 'node:child_process'
import type { Centre } from '../../packages/plugin-ssh-proxy/test/rig/centre.js'
import { descendantsOf } from '../../packages/plugin-ssh-proxy/test/rig/processes.js'

/** autossh without a monitoring port, as its manual recommends, with the given ssh options. */
export function startAutossh(
  namespace: string,
  { config, known_hosts_file }: Centre,
  listen_port: number,
  options: readonly string[],
): { sshPid(): number; stop(): void } {
  const args = [
    ...['-M', '0', '-F', 'none', '-N', '-T', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes'],
    ...['-o', `UserKnownHostsFile=${known_hosts_file}`, '-o', 'ExitOnForwardFailure=yes'],
    ...options.flatMap((option) => ['-o', option]),
    ...['-i', config.identity_file, '-p', String(config.center_ssh_port)],
    ...['-L', `127.0.0.1:${listen_port}:127.0.0.1:${config.center_proxy_port}`],
    ...['-l', config.center_ssh_user, config.center_ssh_host],
  ]
  // Without AUTOSSH_GATETIME=0 it gives up for good when the first login fails.
  const child: ChildProcess = spawn('ip', ['netns', 'exec', namespace, 'autossh', ...args], {
    stdio: 'ignore',
    env: { ...process.env, AUTOSSH_GATETIME: '0' },
  })
  const sshPids = () => descendantsOf(child.pid ?? 0)
  return {
    sshPid: () => sshPids()[0] ?? 0,
    stop() {
      const pids = sshPids()
      child.kill('SIGKILL')
      for (const pid of pids) process.kill(pid, 'SIGKILL')
    },
  }
}
