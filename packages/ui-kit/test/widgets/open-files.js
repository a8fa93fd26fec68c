/** A widget without any library: tokens from the page, values from its context. */
class OpenFiles extends HTMLElement {
  connectedCallback() {
    const { store, i18n } = this.ctx
    store.subscribe(this.serverId, 'open_files', () => this.show())
    i18n.onChange(() => this.show())
    this.show()
  }

  show() {
    const { store, i18n } = this.ctx
    const label = i18n.locale === 'en' ? 'Open files' : '打开的文件'
    this.textContent = `${label} ${store.get(this.serverId, 'open_files') ?? '–'}`
  }
}

customElements.define('open-files-count', OpenFiles)
