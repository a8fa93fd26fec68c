import { html, nothing, type TemplateResult } from 'lit'
import { type IconName, icon } from '../parts/icon.js'
import type { Theme } from '../theme.js'
import { ui } from '../ui.js'
import { dialogs } from './dialogs.js'

const themeIcons = { system: 'monitor', light: 'sun', dark: 'moon' } as const satisfies Record<
  Theme,
  string
>

/** One button through the themes, and one between the languages. */
export function appearance(): TemplateResult {
  const { t, locale } = ui.i18n
  const { current, next } = ui.theme
  const label = t('theme.switch', { current: t(`theme.${current}`), next: t(`theme.${next}`) })
  const other = locale === 'en' ? 'zh-CN' : 'en'
  return html`${iconButton(themeIcons[current], label, ui.theme.toggle)}
    <button class="btn quiet" lang=${other} @click=${() => ui.i18n.setLocale(other)}>
      ${icon('languages')}<span>${t('language.other')}</span>
    </button>`
}

/** Beside the appearance the settings, what runs here, and the way out. */
export function preferences(): TemplateResult {
  const { t } = ui.i18n
  return html`${appearance()}
    ${iconButton('settings', t('settings.title'), dialogs.settings)}
    ${iconButton('info', t('about.title'), dialogs.about)}
    ${ui.session.canLogOut ? logOutButton() : nothing}`
}

/** In the sidebar the icon alone, in a menu with its words. */
function iconButton(name: IconName, label: string, run: () => unknown): TemplateResult {
  return html`<button class="btn quiet icon" title=${label} @click=${run}>
    ${icon(name)}<span>${label}</span>
  </button>`
}

function logOutButton(): TemplateResult {
  // What fails is shown by the action itself.
  const logOut = () => ui.actions.run('log-out', ui.session.logOut).catch(() => undefined)
  return html`<button class="btn quiet" @click=${logOut}>
    ${icon('log-out')}<span>${ui.i18n.t('login.leave')}</span>
  </button>`
}
