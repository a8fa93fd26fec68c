import { html, type TemplateResult } from 'lit'
import { parse } from 'regexparam'
import { icon, pageIcon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { lazy } from './lazy-page.js'
import '../overview/overview-page.js'
import '../widgets/widget-host.js'

/** A page: the shell's own, or a plugin's widget in the slot `nav.page`. */
export interface Page {
  /** A pattern such as `/servers/:id`. */
  path: string
  title: string
  /** Pages without one are reached from other pages, and do not stand in the navigation. */
  icon?: TemplateResult
  /** For those without: the page of the navigation that leads here. */
  under?: string
  render(parameters: PageParameters): TemplateResult
}

export type PageParameters = Record<string, string | undefined>

/** The page at a path, and the values of its pattern. */
export interface FoundPage {
  page: Page
  parameters: PageParameters
}

export function pages(): Page[] {
  const { t, locale } = ui.i18n
  const fromPlugins = ui.widgets.inSlot('nav.page').map((entry) => ({
    path: entry.path ?? `/p/${entry.plugin}`,
    title: entry.title[locale],
    icon: pageIcon(entry.icon),
    render: () => html`<mon-widget .entry=${entry}></mon-widget>`,
  }))
  return [
    {
      path: '/',
      title: t('overview.title'),
      icon: icon('layout-dashboard'),
      render: () => html`<mon-overview></mon-overview>`,
    },
    ...fromPlugins,
    {
      path: '/servers',
      title: t('manage.title'),
      icon: icon('server'),
      render: () => lazy(manage, html`<mon-servers></mon-servers>`),
    },
    {
      path: '/servers/:id',
      title: t('detail.title'),
      under: '/',
      render: ({ id }) =>
        lazy(detail, html`<mon-server-detail .serverId=${id}></mon-server-detail>`),
    },
  ]
}

export function findPage(all: readonly Page[], path: string): FoundPage | undefined {
  for (const page of all) {
    const { pattern, keys } = parse(page.path)
    const match = pattern.exec(path)
    if (match === null) continue
    const parameters = Object.fromEntries(keys.map((key, index) => [key, match[index + 1]]))
    return { page, parameters }
  }
  return undefined
}

const manage = () => import('../manage/servers-page.js')
const detail = () => import('../detail/server-page.js')
