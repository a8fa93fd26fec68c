import { html, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** By name, address or tag. `/` leads to it from anywhere on the page. */
@customElement('mon-search-field')
export class SearchField extends UiElement {
  @property({ attribute: false }) value = ''
  @property({ attribute: false }) search: (text: string) => void = () => undefined

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.onKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('keydown', this.onKey)
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    return html`<label class="search">
      ${icon('search')}
      <input
        type="search"
        aria-label=${t('overview.search')}
        aria-keyshortcuts="/"
        placeholder=${t('overview.search_hint')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.value}
        @input=${this.onInput}
        @compositionend=${this.onInput}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>`
  }

  private onInput(event: InputEvent | CompositionEvent): void {
    // Pinyin on its way to a word is not what is searched for.
    if ('isComposing' in event && event.isComposing) return
    const { currentTarget } = event
    if (currentTarget instanceof HTMLInputElement) this.search(currentTarget.value)
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    const input = this.querySelector('input')
    if (!input) return
    event.preventDefault()
    input.focus()
    input.select()
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}
