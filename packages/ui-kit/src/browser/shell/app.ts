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
import './clock-notice.js'
import './live-indicator.js'

/** The frame around every page: a sidebar on a desk, top and tab bars on a phone. */
@customElement('mon-app')
export class App extends UiElement {
  private shownPath: string | undefined

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
    document.title = [found?.page.title, t('app.name')].filter(Boolean).join(' · ')
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${t('app.skip')}</a>
      ${this.topBar()}
      <div class="shell">
        <aside class="side" aria-label=${t('app.sidebar')}>
          ${brand()}
          <nav class="nav" aria-label=${t('app.main_nav')}>
            ${inNavigation(all).map((page) => link(page, found?.page))}
          </nav>
          <div class="side-foot">
            <mon-live-indicator></mon-live-indicator>
            <div class="side-tools">${preferences()}</div>
          </div>
        </aside>
        <main id="main" tabindex="-1">
          <mon-clock-notice></mon-clock-notice>
          ${content(found)}
        </main>
      </div>
      ${tabBar(inNavigation(all), found?.page)}
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

  /** Who goes to another page begins at its top, with the keyboard too. */
  protected override updated(): void {
    const { path } = ui.route
    if (this.shownPath !== undefined && this.shownPath !== path) {
      this.querySelector<HTMLElement>('.menu:popover-open')?.hidePopover()
      this.main?.focus({ preventScroll: true })
    }
    this.shownPath = path
  }

  /** Without `#main` in the address, which is a page's own. */
  private skip(event: Event): void {
    event.preventDefault()
    this.main?.focus()
  }

  private get main(): HTMLElement | null {
    return this.querySelector('main')
  }
}

/** As many as a thumb can tell apart; the others are under "More". */
const tabLimit = 5

function inNavigation(all: readonly Page[]): Page[] {
  return all.filter((page) => page.icon !== undefined)
}

function tabBar(all: readonly Page[], current: Page | undefined): TemplateResult {
  const { t } = ui.i18n
  const shown = all.length > tabLimit ? all.slice(0, tabLimit - 1) : all
  const others = all.slice(shown.length)
  return html`<nav class="tabbar" aria-label=${t('app.tabs')}>
    ${shown.map((page) => link(page, current))}
    ${
      others.length === 0
        ? nothing
        : html`<button
              popovertarget="more"
              aria-current=${current && others.includes(current) ? 'true' : nothing}
            >
              ${icon('ellipsis')}${t('app.more')}
            </button>
            <div class="menu more" id="more" popover>
              ${others.map((page) => link(page, current))}
            </div>`
    }
  </nav>`
}

/** Another server is another page, not this one with other figures. */
function content(found: FoundPage | undefined): unknown {
  return found ? keyed(ui.route.path, found.page.render(found.parameters)) : nothing
}

function link(page: Page, current: Page | undefined): TemplateResult {
  const leadsHere = page.path === current?.under ? 'true' : nothing
  return html`<a
    href=${page.path}
    aria-current=${page === current ? 'page' : leadsHere}
    @click=${ui.route.follow}
    >${page.icon}${page.title}</a
  >`
}
