import { meter } from '@mon/ui-kit'
import { html, LitElement } from 'lit'
import { when } from 'lit/directives/when.js'

/** A widget of lit and the kit, which the import map leads to the shell's own copies. */
class LitFiles extends LitElement {
  static properties = { ctx: { attribute: false }, serverId: { attribute: false } }

  createRenderRoot() {
    return this
  }

  connectedCallback() {
    super.connectedCallback()
    this.ctx.store.subscribe(this.serverId, 'open_files', () => this.requestUpdate())
  }

  render() {
    const files = this.ctx.store.get(this.serverId, 'open_files')
    if (files === 666) throw new Error('This number cannot be shown')
    return (
      when(typeof files === 'number', () =>
        meter({ label: 'Lit files', value: files / 100, fmt: this.ctx.fmt }),
      ) || html``
    )
  }
}

customElements.define('lit-files-meter', LitFiles)
