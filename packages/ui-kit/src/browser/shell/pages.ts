import { html, type TemplateResult } from 'lit'
import { icon, pageIcon } from '../parts/icon.js'
import { ui } from '../ui.js'
import '../overview/overview-page.js'
import '../widgets/widget-host.js'

/** A page of the navigation: the shell's own, or a plugin's widget in the slot `nav.page`. */
export interface Page {
  path: string
  title: string
  icon: TemplateResult
  render(): TemplateResult
}

export function pages(): Page[] {
  const { t, locale } = ui.i18n
  const overview: Page = {
    path: '/',
    title: t('overview.title'),
    icon: icon('layout-dashboard'),
    render: () => html`<mon-overview></mon-overview>`,
  }
  const fromPlugins = ui.widgets.inSlot('nav.page').map((entry) => ({
    path: entry.path ?? `/p/${entry.plugin}`,
    title: entry.title[locale],
    icon: pageIcon(entry.icon),
    render: () => html`<mon-widget .entry=${entry}></mon-widget>`,
  }))
  return [overview, ...fromPlugins]
}
