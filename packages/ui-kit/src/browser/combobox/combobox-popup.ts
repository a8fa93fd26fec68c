import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import type { ComboboxOption } from './filter-options.js'

export interface ComboboxPopupOptions {
  id: string
  label: string
  multiple: boolean
  /** All that match, of which the first `shown` are drawn. */
  matching: readonly ComboboxOption[]
  shown: number
  selected: readonly string[]
  /** Index of the option that Enter would choose. */
  active: number
  /** How many match, in words. */
  count: string
  choose(value: string): void
  chooseAll(options: readonly ComboboxOption[]): void
  activate(index: number): void
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

/** What opens below the field: the options, and with `multiple` a way to take all of them. */
export function comboboxPopup(popup: ComboboxPopupOptions): TemplateResult {
  const { id, label, multiple, matching, shown } = popup
  const { t } = ui.i18n
  const hidden = matching.length - shown
  // A press in the popup leaves the focus in the field.
  return html`<div class="combobox-popup" @pointerdown=${(event: Event) => event.preventDefault()}>
    ${multiple ? head(popup) : nothing}
    <div
      id=${id}
      role="listbox"
      aria-label=${label}
      aria-multiselectable=${multiple ? 'true' : nothing}
    >
      ${matching.slice(0, shown).map((option, index) => row(popup, option, index))}
    </div>
    ${hidden > 0 ? html`<p class="combobox-more">${t('combobox.more', { count: hidden })}</p>` : nothing}
    ${matching.length === 0 ? html`<p class="combobox-more">${t('combobox.none')}</p>` : nothing}
  </div>`
}

function head({ matching, selected, count, chooseAll }: ComboboxPopupOptions): TemplateResult {
  const missing = matching.filter(({ value }) => !selected.includes(value))
  const all = html`<button
    type="button"
    class="link"
    tabindex="-1"
    @click=${() => chooseAll(missing)}
  >
    ${ui.i18n.t('combobox.select_all', { count: missing.length })}
  </button>`
  return html`<div class="combobox-head">
    <span>${count}</span>${missing.length > 1 ? all : nothing}
  </div>`
}

function row(
  { id, multiple, selected, active, choose, activate }: ComboboxPopupOptions,
  { value, label, note }: ComboboxOption,
  index: number,
): TemplateResult {
  const isSelected = selected.includes(value)
  return html`<div
    class="combobox-option ${index === active ? 'active' : ''}"
    id=${optionId(id, index)}
    role="option"
    aria-selected=${isSelected}
    @click=${() => choose(value)}
    @pointermove=${() => activate(index)}
  >
    <span class="box" data-kind=${multiple ? 'several' : 'one'}>
      ${isSelected ? icon('check') : nothing}
    </span>
    <span>${label}</span>
    ${note ? html`<small>${note}</small>` : nothing}
  </div>`
}
