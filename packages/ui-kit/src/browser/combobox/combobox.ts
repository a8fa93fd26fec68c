import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { comboboxPopup, optionId } from './combobox-popup.js'
import { type ComboboxOption, filterOptions } from './filter-options.js'

/** More rows than these are not drawn: typing finds them sooner than scrolling. */
const rowLimit = 100

let lastId = 0

/**
 * Chooses among many by typing: one, or with `multiple` several. The ARIA pattern of a combobox
 * with a listbox popup: arrows move, Enter chooses, Escape closes, Backspace takes the last away.
 *
 * @fires change, with the chosen values in `detail`
 *
 * @example
 * html`<mon-combobox label="Servers" multiple .options=${servers} .selected=${ids}
 *   @change=${({ detail }) => choose(detail)}></mon-combobox>`
 */
@customElement('mon-combobox')
export class Combobox extends UiElement {
  @property() label = ''
  @property() placeholder = ''
  @property({ type: Boolean }) multiple = false
  @property({ type: Boolean }) disabled = false
  @property({ attribute: false }) options: readonly ComboboxOption[] = []
  /** Values; without `multiple` at most one. */
  @property({ attribute: false }) selected: readonly string[] = []
  @state() private text = ''
  @state() private isOpen = false
  @state() private active = 0
  private readonly listId = `combobox-${++lastId}`

  protected override render(): TemplateResult {
    return html`<div class="combobox-field" @focusout=${this.onFocusOut}>
      <label class="combobox-label" for="${this.listId}-input">${this.label}</label>
      <div class="combobox" ?data-disabled=${this.disabled} @pointerdown=${this.onPointerDown}>
        ${this.multiple ? this.tokens() : nothing}${this.input()}
        <span class="combobox-chevron">${icon('chevron-down')}</span>
      </div>
      ${this.isOpen ? this.popup() : nothing}
      <div class="sr" role="status">${this.isOpen ? this.countText() : nothing}</div>
    </div>`
  }

  private input(): TemplateResult {
    const shown = this.shown
    return html`<input
      id="${this.listId}-input"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      aria-autocomplete="list"
      aria-expanded=${this.isOpen}
      aria-controls=${this.isOpen ? this.listId : nothing}
      aria-activedescendant=${this.isOpen && shown[this.active] ? optionId(this.listId, this.active) : nothing}
      placeholder=${this.multiple && this.selected.length > 0 ? nothing : this.placeholder}
      ?disabled=${this.disabled}
      .value=${this.isOpen || this.multiple ? this.text : this.singleLabel}
      @input=${this.onInput}
      @click=${this.open}
      @keydown=${this.onKeyDown}
    />`
  }

  private tokens(): TemplateResult {
    const labels = new Map(this.options.map(({ value, label }) => [value, label]))
    return html`${repeat(
      this.selected,
      (value) => value,
      (value) => {
        const label = labels.get(value) ?? value
        return html`<span class="token">
          <span>${label}</span>
          <button
            type="button"
            aria-label=${ui.i18n.t('combobox.remove', { label })}
            ?disabled=${this.disabled}
            @click=${() => this.drop(value)}
          >
            ${icon('x')}
          </button>
        </span>`
      },
    )}`
  }

  private popup(): TemplateResult {
    return comboboxPopup({
      id: this.listId,
      label: this.label,
      multiple: this.multiple,
      matching: this.matching,
      shown: this.shown.length,
      selected: this.selected,
      active: this.active,
      count: this.countText(),
      choose: (value) => this.choose(value),
      chooseAll: (options) => this.addAll(options),
      activate: (index) => {
        this.active = index
      },
    })
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active') && this.isOpen) {
      this.querySelector('.combobox-option.active')?.scrollIntoView({ block: 'nearest' })
    }
  }

  private get matching(): readonly ComboboxOption[] {
    return filterOptions(this.options, this.text)
  }

  private get shown(): readonly ComboboxOption[] {
    return this.matching.slice(0, rowLimit)
  }

  private get singleLabel(): string {
    const [chosen] = this.selected
    return this.options.find(({ value }) => value === chosen)?.label ?? ''
  }

  private countText(): string {
    const count = this.matching.length
    return this.text
      ? ui.i18n.t('combobox.matching', { count, text: this.text })
      : ui.i18n.t('combobox.count', { count })
  }

  private open(): void {
    if (this.isOpen || this.disabled) return
    this.isOpen = true
    this.text = ''
    this.active = Math.max(
      0,
      this.multiple ? 0 : this.options.findIndex(({ value }) => value === this.selected[0]),
    )
  }

  private close(): void {
    this.isOpen = false
    this.text = ''
  }

  private onInput({ currentTarget }: Event): void {
    if (!(currentTarget instanceof HTMLInputElement)) return
    const { value } = currentTarget
    this.open()
    this.text = value
    this.active = 0
  }

  private onPointerDown(event: PointerEvent): void {
    const { target } = event
    if (!(target instanceof Element) || target.closest('button, input')) return
    event.preventDefault()
    this.querySelector('input')?.focus()
    if (this.isOpen) this.close()
    else this.open()
  }

  private onFocusOut({ relatedTarget }: FocusEvent): void {
    if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.close()
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        if (this.isOpen) this.move(event.key === 'ArrowDown' ? 1 : -1)
        else this.open()
        break
      case 'Enter': {
        const option = this.shown[this.active]
        if (!this.isOpen || option === undefined) break
        event.preventDefault()
        this.choose(option.value)
        break
      }
      case 'Escape':
        if (!this.isOpen) break
        // The dialog around it stays.
        event.preventDefault()
        event.stopPropagation()
        this.close()
        break
      case 'Backspace': {
        const last = this.selected.at(-1)
        if (this.multiple && this.text === '' && last !== undefined) this.drop(last)
        break
      }
    }
  }

  private move(step: 1 | -1): void {
    const { length } = this.shown
    if (length > 0) this.active = (this.active + step + length) % length
  }

  private choose(value: string): void {
    if (!this.multiple) {
      this.close()
      this.tell([value])
    } else if (this.selected.includes(value)) this.drop(value)
    else this.tell([...this.selected, value])
  }

  private addAll(options: readonly ComboboxOption[]): void {
    this.tell([...this.selected, ...options.map(({ value }) => value)])
  }

  private drop(value: string): void {
    this.tell(this.selected.filter((each) => each !== value))
    this.querySelector('input')?.focus()
  }

  private tell(selected: readonly string[]): void {
    this.selected = selected
    this.dispatchEvent(new CustomEvent('change', { detail: selected }))
  }
}
