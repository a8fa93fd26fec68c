import { copyable, icon, type WidgetContext } from '@mon/ui-kit'
import { html, type TemplateResult } from 'lit'
import type { ProxyConfig } from '../../proxy-config.js'
import type { ActionFailure } from '../failure.js'

/** What to do on the server, so that its agent allows this tunnel. */
export function agentAdvice(
  refusal: ActionFailure,
  config: ProxyConfig,
  { i18n: { t } }: WidgetContext,
): TemplateResult {
  const labels = { copy: t('ssh-proxy.copy_snippet'), copied: t('ssh-proxy.copied') }
  return html`<div class="note warn ssh-proxy-advice" role="alert">
    ${icon('info')}
    <div>
      <strong>${t('ssh-proxy.refused')}</strong>
      <p>${refusal.message}</p>
      <p>${t('ssh-proxy.refused_do')}</p>
      ${copyable(agentSnippet(config), labels)} ${copyable('sudo systemctl restart mon-agent', labels)}
    </div>
  </div>`
}

/** What the agent's own file must say so that it allows this tunnel, as YAML to copy. */
function agentSnippet(config: ProxyConfig): string {
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
