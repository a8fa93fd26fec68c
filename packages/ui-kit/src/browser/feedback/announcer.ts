import { html, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import type { ServerState } from '../live/server.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** At most one announcement in this time, milliseconds. */
const pace = 5000

/**
 * The one polite live region. Values are not announced; connection and servers that come or go
 * are, gathered so that a screen reader is not flooded.
 */
@customElement('mon-announcer')
export class Announcer extends UiElement {
  @state() private text = ''
  private known = new Map<string, ServerState>()
  private turned = new Map<string, ServerState>()
  private path = ui.route.path
  private wasLost = false
  private said: 'lost' | 'restored' | undefined
  private timer = 0

  protected override sources(): OnChange[] {
    return [
      () => ui.route.onChange(() => this.noteRoute()),
      () => ui.store.onChange(() => this.noteServers()),
      () => ui.connection.onChange(() => this.noteConnection()),
    ]
  }

  protected override render(): TemplateResult {
    return html`<div class="sr" role="status">${this.text}</div>`
  }

  /** The new page has its title once it has been rendered. */
  private async noteRoute(): Promise<void> {
    if (ui.route.path === this.path) return
    this.path = ui.route.path
    await this.updateComplete
    requestAnimationFrame(() => {
      this.text = document.title
    })
  }

  private noteServers(): void {
    const before = this.known
    this.known = new Map([...ui.store.servers].map(([id, { state }]) => [id, state]))
    for (const [id, state] of this.known) {
      const last = before.get(id)
      if (last === undefined || last === state) continue
      if (state === 'offline' || last === 'offline') this.turned.set(id, state)
    }
    if (this.turned.size > 0) this.announceSoon()
  }

  private noteConnection(): void {
    const lost = ui.connection.status.state === 'lost'
    if (lost === this.wasLost) return
    this.wasLost = lost
    this.said = lost ? 'lost' : 'restored'
    this.announceSoon()
  }

  private announceSoon(): void {
    if (this.timer !== 0) return
    this.announce()
    this.timer = window.setTimeout(() => {
      this.timer = 0
      if (this.said !== undefined || this.turned.size > 0) this.announceSoon()
    }, pace)
  }

  private announce(): void {
    const { t, locale } = ui.i18n
    const list = new Intl.ListFormat(locale)
    const names = (offline: boolean) =>
      [...this.turned]
        .filter(([, state]) => (state === 'offline') === offline)
        .map(([id]) => ui.store.servers.get(id)?.name ?? id)
    const offline = names(true)
    const online = names(false)
    this.text = [
      this.said === 'lost' && t('announce.lost'),
      this.said === 'restored' && t('announce.restored'),
      offline.length > 0 && t('announce.offline', { names: list.format(offline) }),
      online.length > 0 && t('announce.online', { names: list.format(online) }),
    ]
      .filter(Boolean)
      .join(' ')
    this.said = undefined
    this.turned.clear()
  }
}
