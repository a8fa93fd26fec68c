import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** One server: its live charts, disks, collectors and what plugins know of it. */
@customElement('mon-server-detail')
export class ServerPage extends UiElement {
  @property({ attribute: false }) serverId = ''

  protected override render(): TemplateResult {
    const server = ui.store.servers.get(this.serverId)
    return html`<div class="page-head"><h1>${server?.name ?? ui.i18n.t('detail.title')}</h1></div>`
  }
}
