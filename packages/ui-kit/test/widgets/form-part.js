/** A section of the form: one field, which the plugin saves by itself. */
customElements.define(
  'relay-form',
  class extends HTMLElement {
    connectedCallback() {
      this.innerHTML = `<div class="form-field"><label for="relay-port">Relay port</label>
        <input class="field" id="relay-port"><span id="relay-note"></span></div>`
      this.querySelector('input').addEventListener('input', ({ target }) => {
        const value = target.value
        const save = (id) =>
          this.ctx.request(
            'PUT',
            `/api/servers/${id}/part`,
            { port: value },
            { headers: { 'if-match': '"1"' } },
          )
        this.dispatchEvent(
          new CustomEvent('ui-change', {
            bubbles: true,
            detail: { value, valid: value !== 'bad', save },
          }),
        )
      })
    }

    set submitted(submitted) {
      if (!submitted) return
      const input = this.querySelector('input')
      if (input.value === 'bad') input.setAttribute('aria-invalid', 'true')
    }

    set errors(errors) {
      const note = this.querySelector('#relay-note')
      if (note) note.textContent = errors.port ?? ''
    }
  },
)
