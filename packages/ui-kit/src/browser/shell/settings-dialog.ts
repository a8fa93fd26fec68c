import { html, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { describeTimeZone } from '../format/time-zone.js'
import { zoneKinds } from '../format/zone-choice.js'
import type { Locale } from '../i18n/translate.js'
import { themes } from '../theme.js'
import { ui } from '../ui.js'
import { DialogElement } from './dialog-element.js'
import { dialogs } from './dialogs.js'
import { shortcutSwitch } from './shortcuts-dialog.js'

/** What this user wishes of this browser. */
@customElement('mon-settings')
export class SettingsDialog extends DialogElement {
  protected override sources(): OnChange[] {
    return [ui.theme.onChange, ui.shortcuts.onChange, ui.session.onChange]
  }

  protected override heading(): string {
    return ui.i18n.t('settings.title')
  }

  protected override body(): TemplateResult {
    const { t, locale } = ui.i18n
    return html`
      ${choice({
        name: 'theme',
        legend: t('settings.theme'),
        options: themes.map((theme) => ({ value: theme, label: t(`theme.${theme}`) })),
        current: ui.theme.current,
        choose: ui.theme.choose,
      })}
      ${choice({
        name: 'language',
        legend: t('settings.language'),
        options: languages,
        current: locale,
        choose: ui.i18n.setLocale,
      })}
      ${choice({
        name: 'zone',
        legend: t('settings.zone'),
        options: zoneKinds
          .filter((kind) => kind !== 'server' || ui.session.timeZone !== undefined)
          .map((kind) => ({
            value: kind,
            label: t(`zone.${kind}`),
            note: describeTimeZone(locale, new Date(), ui.zone.nameOf(kind)),
          })),
        current: ui.zone.current,
        choose: ui.zone.choose,
      })}
      <div class="settings-row">
        ${shortcutSwitch()}
        <button class="link" @click=${this.showShortcuts}>${t('settings.shortcuts')}</button>
      </div>
    `
  }

  private showShortcuts(): void {
    this.close()
    void dialogs.shortcuts()
  }
}

const languages: ChoiceOption<Locale>[] = [
  { value: 'zh-CN', label: '中文' },
  { value: 'en', label: 'English' },
]

interface ChoiceOption<Value extends string> {
  value: Value
  label: string
  note?: string
}

interface Choice<Value extends string> {
  name: string
  legend: string
  options: readonly ChoiceOption<Value>[]
  current: Value
  choose(value: Value): void
}

function choice<Value extends string>(options: Choice<Value>): TemplateResult {
  return html`<fieldset class="choice">
    <legend>${options.legend}</legend>
    ${options.options.map(
      ({ value, label, note }) => html`<label>
        <input
          type="radio"
          name=${options.name}
          .checked=${value === options.current}
          @change=${() => options.choose(value)}
        />
        <span>${label}</span>
        ${note ? html`<small>${note}</small>` : ''}
      </label>`,
    )}
  </fieldset>`
}
