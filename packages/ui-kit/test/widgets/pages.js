/** Pages with a heading and a field to search in; one of them also does things that take long. */
class NamedPage extends HTMLElement {
  connectedCallback() {
    this.innerHTML = `<h1>${this.localName.split('-').at(-1)}</h1>
      <label>Search <input type="search"></label>`
  }
}

for (const name of ['history', 'a', 'b', 'c', 'd']) {
  customElements.define(`pages-${name}`, class extends NamedPage {})
}

customElements.define(
  'pages-slow',
  class extends NamedPage {
    connectedCallback() {
      super.connectedCallback()
      this.button('Begin', () => this.begin())
      this.button('Succeed', () => this.ctx.toast({ kind: 'success', message: 'It worked' }))
    }

    button(label, onClick) {
      const button = document.createElement('button')
      button.textContent = label
      button.addEventListener('click', onClick)
      this.append(button)
    }

    async begin() {
      const endless = (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      try {
        await this.ctx.action('endless', endless)
      } catch (error) {
        this.append(`ended: ${error.name}`)
      }
    }
  },
)
