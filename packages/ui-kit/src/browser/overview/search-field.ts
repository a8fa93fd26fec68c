import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** By name, address or tag. The shortcut `/` leads to it from anywhere on the page. */
@customElement('mon-search-field')
export class SearchField extends UiElement {
  @property({ attribute: false }) value = ''
  @property({ attribute: false }) search: (text: string) => void = () => undefined

  protected override sources(): OnChange[] {
    return [ui.shortcuts.onChange]
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    return html`<label class="search">
      ${icon('search')}
      <input
        type="search"
        aria-label=${t('overview.search')}
        aria-keyshortcuts=${ui.shortcuts.enabled ? '/' : nothing}
        placeholder=${t('overview.search_hint')}
        autocomplete="off"
        spellcheck="false"
        .value=${this.value}
        @input=${this.onInput}
        @compositionend=${this.onInput}
      />
      ${ui.shortcuts.enabled ? html`<kbd aria-hidden="true">/</kbd>` : nothing}
    </label>`
  }

  private onInput(event: InputEvent | CompositionEvent): void {
    // Pinyin on its way to a word is not what is searched for.
    if ('isComposing' in event && event.isComposing) return
    const { currentTarget } = event
    if (currentTarget instanceof HTMLInputElement) this.search(currentTarget.value)
  }
}
