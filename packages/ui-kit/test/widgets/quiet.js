/** Has something to say of one server only. */
customElements.define(
  'quiet-line',
  class extends HTMLElement {
    connectedCallback() {
      this.textContent = 'Something is wrong'
      this.hidden = this.serverId !== '1'
    }
  },
)
