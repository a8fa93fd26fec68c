import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'
import type { Theme } from '../theme.js'
import { ui } from '../ui.js'

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
  return html`<button class="btn quiet icon" title=${label} @click=${ui.theme.toggle}>
      ${icon(themeIcons[current])}<span>${label}</span>
    </button>
    <button class="btn quiet" lang=${other} @click=${() => ui.i18n.setLocale(other)}>
      ${icon('languages')}<span>${t('language.other')}</span>
    </button>`
}

/** Beside the appearance the way to the API reference, and the way out. */
export function preferences(): TemplateResult {
  const { t } = ui.i18n
  return html`${appearance()}
    <a class="btn quiet" href="/docs">${icon('book-open')}<span>${t('app.api_reference')}</span></a>
    ${ui.session.canLogOut ? logOutButton() : nothing}`
}

function logOutButton(): TemplateResult {
  // What fails is shown by the action itself.
  const logOut = () => ui.actions.run('log-out', ui.session.logOut).catch(() => undefined)
  return html`<button class="btn quiet" @click=${logOut}>
    ${icon('log-out')}<span>${ui.i18n.t('login.leave')}</span>
  </button>`
}
