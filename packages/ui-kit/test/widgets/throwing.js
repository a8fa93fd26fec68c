/** Fails as it first enters the page, for every server; then it works. */
const entered = new Map()

class Throwing extends HTMLElement {
  connectedCallback() {
    const times = (entered.get(this.serverId) ?? 0) + 1
    entered.set(this.serverId, times)
    if (times < 2) throw new Error('The widget has no floor to stand on')
    this.textContent = 'standing'
  }
}

customElements.define('throwing-thing', Throwing)
