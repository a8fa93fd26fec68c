import { foldOut, quantity } from '@mon/ui-kit'
import { html, LitElement } from 'lit'

/** A page that opens the slots of other pages, with what it is told to give. */
class Stage extends HTMLElement {
  connectedCallback() {
    const heading = document.createElement('h1')
    heading.textContent = 'Stage'
    this.append(heading)
    for (const placement of ['main', 'aside']) {
      const slot = document.createElement('mon-slot')
      slot.name = 'server.detail'
      slot.placement = placement
      slot.serverId = '1'
      slot.props = { window: '5m' }
      slot.dataset.place = placement
      this.append(slot)
    }
  }
}
customElements.define('stage-page', Stage)

/** Shows what it was given, in a shadow root of its own. */
class Shown extends LitElement {
  static properties = { ctx: { attribute: false }, serverId: {}, window: {} }

  connectedCallback() {
    super.connectedCallback()
    this.ctx.i18n.onChange(() => this.requestUpdate())
  }

  render() {
    const { t } = this.ctx.i18n
    return html`<p class="note warn">
        <b>${t('stage.given', { server: this.serverId, count: Number.parseInt(this.window, 10) })}</b>
        ${t('stage.missing')} ${t('common.retry')}
      </p>
      ${foldOut({ title: 'More', content: quantity(this.ctx.fmt.bytes(2048)), open: true })}`
  }
}
customElements.define('stage-main', Shown)
customElements.define('stage-aside', class extends Shown {})
