/** On a server's page: says what the page gives it. */
class DetailProbe extends HTMLElement {
  connectedCallback() {
    const { store, i18n } = this.ctx
    store.subscribe(this.serverId, 'disks', () => this.show())
    i18n.onChange(() => this.show())
    this.show()
  }

  set window(window) {
    this.shown = window
    this.show()
  }

  set zoom(zoom) {
    this.dataset.zoomed = zoom ? `${zoom.to - zoom.from} s` : 'no'
  }

  show() {
    if (this.ctx === undefined) return
    const disks = this.ctx.store.get(this.serverId, 'disks')?.length ?? 'no'
    this.innerHTML = `<div class="panel-head"><h2>Probe</h2></div>
      <p class="panel-body">${disks} disks in ${this.shown}</p>`
  }
}

customElements.define('probe-detail', DetailProbe)
