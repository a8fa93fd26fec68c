import { html, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import type { OnChange } from '../emitter.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { brand } from './brand.js'
import { type FoundPage, findPage, type Page, pages } from './pages.js'
import { preferences } from './preferences.js'
import '../feedback/announcer.js'
import '../feedback/toast-list.js'
import '../session/login-page.js'
import './live-indicator.js'

/** The frame around every page: a sidebar on a desk, top and tab bars on a phone. */
@customElement('mon-app')
export class App extends UiElement {
  protected override sources(): OnChange[] {
    return [ui.session.onChange, ui.route.onChange, ui.theme.onChange, ui.widgets.onChange]
  }

  protected override render(): TemplateResult | typeof nothing {
    switch (ui.session.status) {
      case 'unknown':
        return nothing
      case 'open':
        return this.shell()
      default:
        document.title = `${ui.i18n.t('login.title')} · ${ui.i18n.t('app.name')}`
        return html`<mon-login></mon-login>`
    }
  }

  private shell(): TemplateResult {
    const { t } = ui.i18n
    const all = pages()
    const found = findPage(all, ui.route.path)
    const inNavigation = all.filter((page) => page.icon !== undefined)
    document.title = [found?.page.title, t('app.name')].filter(Boolean).join(' · ')
    return html`
      <a class="skip" href="#main">${t('app.skip')}</a>
      ${this.topBar()}
      <div class="shell">
        <aside class="side" aria-label=${t('app.sidebar')}>
          ${brand()}
          <nav class="nav" aria-label=${t('app.main_nav')}>
            ${inNavigation.map((page) => link(page, found?.page))}
          </nav>
          <div class="side-foot">
            <mon-live-indicator></mon-live-indicator>
            <div class="side-tools">${preferences()}</div>
          </div>
        </aside>
        <main id="main" tabindex="-1">${content(found)}</main>
      </div>
      ${this.tabBar(inNavigation, found?.page)}
      <mon-toasts></mon-toasts>
      <mon-announcer></mon-announcer>
    `
  }

  private topBar(): TemplateResult {
    return html`<header class="topbar">
      ${brand()}
      <mon-live-indicator></mon-live-indicator>
      <button class="btn quiet icon" popovertarget="menu" aria-label=${ui.i18n.t('app.menu')}>
        ${icon('ellipsis-vertical')}
      </button>
      <div class="menu" id="menu" popover>
        <mon-live-indicator></mon-live-indicator>
        ${preferences()}
      </div>
    </header>`
  }

  private tabBar(inNavigation: Page[], current: Page | undefined): TemplateResult {
    return html`<nav class="tabbar" aria-label=${ui.i18n.t('app.tabs')}>
      ${inNavigation.map((page) => link(page, current))}
    </nav>`
  }
}

/** Another server is another page, not this one with other figures. */
function content(found: FoundPage | undefined): unknown {
  return found ? keyed(ui.route.path, found.page.render(found.parameters)) : nothing
}

function link(page: Page, current: Page | undefined): TemplateResult {
  return html`<a
    href=${page.path}
    aria-current=${page === current ? 'page' : nothing}
    @click=${ui.route.follow}
    >${page.icon}${page.title}</a
  >`
}
