import { html, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { ui } from '../ui.js'
import { DialogElement } from './dialog-element.js'
import { shortcuts } from './shortcuts.js'

/** What which key does, and a switch for all of them. */
@customElement('mon-shortcuts')
export class ShortcutsDialog extends DialogElement {
  protected override sources(): OnChange[] {
    return [ui.shortcuts.onChange, ui.widgets.onChange]
  }

  protected override heading(): string {
    return ui.i18n.t('shortcut.title')
  }

  protected override body(): TemplateResult {
    const { t } = ui.i18n
    return html`<dl class="keys">
        ${shortcuts().map(
          ({ keys, does }) => html`<div>
            <dt>${t(does)}</dt>
            <dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd>
          </div>`,
        )}
        <div>
          <dt>${t('shortcut.close')}</dt>
          <dd><kbd>Esc</kbd></dd>
        </div>
      </dl>
      ${shortcutSwitch()}`
  }
}

export function shortcutSwitch(): TemplateResult {
  const choose = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement) ui.shortcuts.choose(currentTarget.checked)
  }
  return html`<label class="switch">
    <input type="checkbox" role="switch" .checked=${ui.shortcuts.enabled} @change=${choose} />
    ${ui.i18n.t('shortcut.enabled')}
  </label>`
}
