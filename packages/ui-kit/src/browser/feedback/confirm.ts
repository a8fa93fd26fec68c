import { html, nothing, render } from 'lit'
import { ui } from '../ui.js'

export interface ConfirmOptions {
  /** Names the object: `Delete gpu-01?` */
  title: string
  /** What is lost. */
  message: string
  /** The verb on the button. */
  confirm: string
  /** The word on the other button, "Cancel" unless given. */
  cancel?: string
  /** What has to be typed first, such as how many there are. */
  typed?: string
}

/** Asks before something that cannot be undone. Focus starts on Cancel, and goes back where it was. */
export function confirmDanger(options: ConfirmOptions): Promise<boolean> {
  const { title, message, confirm, cancel = ui.i18n.t('common.cancel'), typed } = options
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('role', 'alertdialog')
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  dialog.setAttribute('aria-describedby', 'confirm-message')
  const draw = (text: string): void => {
    const onSubmit = (event: Event) => {
      event.preventDefault()
      if (typed === undefined || text === typed) dialog.close('yes')
    }
    render(
      html`<form method="dialog" @submit=${onSubmit}>
        <h2 id="confirm-title">${title}</h2>
        <p id="confirm-message">${message}</p>
        ${typed === undefined ? nothing : field(typed, draw)}
        <div class="btn-row">
          <button type="button" class="btn" autofocus @click=${() => dialog.close()}>${cancel}</button>
          <button class="btn danger" ?disabled=${typed !== undefined && text !== typed}>${confirm}</button>
        </div>
      </form>`,
      dialog,
    )
  }
  draw('')
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    })
  })
}

function field(typed: string, change: (text: string) => void) {
  return html`<label class="confirm-typed">
    <span>${ui.i18n.t('form.type_to_confirm', { text: typed })}</span>
    <input
      class="field"
      autocomplete="off"
      inputmode="numeric"
      @input=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLInputElement) change(currentTarget.value.trim())
      }}
    />
  </label>`
}
