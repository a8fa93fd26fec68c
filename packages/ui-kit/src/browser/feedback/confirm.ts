import { html, render } from 'lit'
import { ui } from '../ui.js'

export interface ConfirmOptions {
  /** Names the object: `Delete gpu-01?` */
  title: string
  /** What is lost. */
  message: string
  /** The verb on the button. */
  confirm: string
}

/** Asks before something that cannot be undone. Focus starts on Cancel, and goes back where it was. */
export function confirmDanger(options: ConfirmOptions): Promise<boolean> {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('role', 'alertdialog')
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  dialog.setAttribute('aria-describedby', 'confirm-message')
  render(
    html`<h2 id="confirm-title">${options.title}</h2>
      <p id="confirm-message">${options.message}</p>
      <div class="btn-row">
        <button class="btn" autofocus @click=${() => dialog.close()}>
          ${ui.i18n.t('common.cancel')}
        </button>
        <button class="btn danger" @click=${() => dialog.close('yes')}>${options.confirm}</button>
      </div>`,
    dialog,
  )
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    })
  })
}
