import { html, type TemplateResult } from 'lit'
import { icon } from './icon.js'

export interface CopyLabels {
  copy: string
  copied: string
}

/** Machine text in a box, with a button that copies it. */
export function copyable(text: string, labels: CopyLabels): TemplateResult {
  return html`<div class="code">
    <span>${text}</span>
    <button
      aria-label=${labels.copy}
      title=${labels.copy}
      @click=${({ currentTarget }: Event) => copyText(text, currentTarget, labels)}
    >
      ${icon('copy')}
    </button>
  </div>`
}

async function copyText(
  text: string,
  button: EventTarget | null,
  labels: CopyLabels,
): Promise<void> {
  if (!(button instanceof HTMLElement)) return
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    return selectText(button.parentElement)
  }
  button.ariaLabel = labels.copied
  button.dataset.done = ''
  setTimeout(() => {
    button.ariaLabel = labels.copy
    delete button.dataset.done
  }, 2000)
}

/** A page not on https or localhost has no clipboard: the text is selected, ready for Ctrl+C. */
function selectText(box: HTMLElement | null): void {
  const text = box?.querySelector('span')
  if (text) getSelection()?.selectAllChildren(text)
}
