/** Asks, and then does something that fails. */
class Acting extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button')
    button.className = 'btn'
    button.textContent = 'Delete'
    button.addEventListener('click', () => this.act())
    this.append(button)
  }

  async act() {
    const { confirm, action, request } = this.ctx
    const isSure = await confirm({
      title: 'Delete gpu-01?',
      message: 'Its history is lost.',
      confirm: 'Delete',
    })
    if (isSure) await action('delete', () => request('DELETE', '/api/nowhere')).catch(() => {})
  }
}

customElements.define('acting-button', Acting)
