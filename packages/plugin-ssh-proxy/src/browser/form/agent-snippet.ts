import type { ProxyConfig } from '../../proxy-config.js'

/** What the agent's own file must say so that it allows this tunnel, as YAML to copy. */
export function agentSnippet(config: ProxyConfig): string {
  const { center_ssh_host, identity_file, strict_host_key_checking } = config
  const folder = identity_file.slice(0, identity_file.lastIndexOf('/')) || '/'
  return [
    'plugins:',
    "  '@mon/plugin-ssh-proxy':",
    // Quoted: an IPv6 address would end a plain key there.
    `    allowed_ssh_hosts: ['${center_ssh_host}']`,
    `    identity_dir: ${folder}`,
    ...(strict_host_key_checking ? [] : ['    allow_accept_new: true']),
  ].join('\n')
}
