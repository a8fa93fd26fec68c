import { html, LitElement } from 'lit'

/** One element for every step of a widget's life at which it can fail. */
function fail(step) {
  throw new Error(`failed at ${step}`)
}

customElements.define(
  'failing-constructor',
  class extends HTMLElement {
    constructor() {
      super()
      fail('its constructor')
    }
  },
)

customElements.define(
  'failing-property',
  class extends HTMLElement {
    set serverId(_id) {
      fail('a property')
    }
  },
)

customElements.define(
  'failing-connect',
  class extends HTMLElement {
    connectedCallback() {
      fail('its entrance')
    }
  },
)

customElements.define(
  'failing-render',
  class extends LitElement {
    static properties = { count: { state: true } }

    constructor() {
      super()
      this.count = 0
    }

    render() {
      if (this.count > 0) fail('its second render')
      return html`<button @click=${() => this.count++}>Count on</button>`
    }
  },
)

customElements.define(
  'failing-store',
  class extends HTMLElement {
    connectedCallback() {
      this.ctx.store.subscribe(this.serverId, 'open_files', () => fail('a change'))
      this.textContent = 'waiting'
    }
  },
)

customElements.define(
  'failing-language',
  class extends HTMLElement {
    connectedCallback() {
      this.ctx.i18n.onChange(() => fail('another language'))
      this.textContent = 'waiting'
    }
  },
)

customElements.define(
  'failing-leave',
  class extends HTMLElement {
    connectedCallback() {
      fail('its entrance')
    }

    disconnectedCallback() {
      fail('its exit')
    }
  },
)
