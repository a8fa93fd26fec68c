import {
  type FieldOptions,
  numberField,
  switchField,
  textField,
  type WidgetContext,
} from '@mon/ui-kit'
import { html, nothing, type TemplateResult } from 'lit'
import type { TextField, TunnelDraft } from './tunnel-draft.js'

export interface TunnelInputsOptions {
  draft: TunnelDraft
  disabled: boolean
  ctx: WidgetContext
  errorOf(name: TextField): string | undefined
  change(changes: Partial<TunnelDraft>): void
}

/** The fields of a tunnel, but for the switch that enables it. */
export function tunnelInputs(options: TunnelInputsOptions): TemplateResult {
  const { draft, disabled, ctx, errorOf, change } = options
  const { t } = ctx.i18n
  const field = (name: TextField): FieldOptions => ({
    id: `ssh-proxy-${name}`,
    label: t(`ssh-proxy.field.${name}`),
    value: draft[name],
    error: errorOf(name),
    change: (text) => change({ [name]: text }),
    disabled,
    required: true,
    mono: true,
  })
  const hinted = (
    name: 'server_listen_port' | 'center_proxy_port' | 'center_ssh_host' | 'identity_file',
  ) => ({
    ...field(name),
    hint: t(`ssh-proxy.hint.${name}`),
  })
  const { strict_host_key_checking, auto_start } = draft
  return html`<div class="form-pair">
      ${numberField(hinted('server_listen_port'))} ${numberField(hinted('center_proxy_port'))}
    </div>
    <div class="form-pair">
      ${textField(hinted('center_ssh_host'))} ${numberField(field('center_ssh_port'))}
    </div>
    <div class="form-pair">
      ${textField(field('center_ssh_user'))} ${textField(hinted('identity_file'))}
    </div>
    ${switchField({
      label: t('ssh-proxy.field.strict_host_key_checking'),
      checked: strict_host_key_checking,
      disabled,
      change: (strict) => change({ strict_host_key_checking: strict }),
    })}
    ${
      strict_host_key_checking
        ? nothing
        : html`<p class="form-hint">${t('ssh-proxy.hint.not_strict')}</p>`
    }
    ${switchField({
      label: t('ssh-proxy.field.auto_start'),
      checked: auto_start,
      disabled,
      change: (auto_start) => change({ auto_start }),
    })}`
}
