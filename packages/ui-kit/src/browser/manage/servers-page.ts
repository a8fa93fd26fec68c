import { html, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** The list of servers, where they are added, changed and deleted. */
@customElement('mon-servers')
export class ServersPage extends UiElement {
  protected override render(): TemplateResult {
    return html`<div class="page-head"><h1>${ui.i18n.t('manage.title')}</h1></div>`
  }
}
