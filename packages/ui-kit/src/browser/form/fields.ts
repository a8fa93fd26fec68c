import { html, nothing, type TemplateResult } from 'lit'
import { statusShape } from '../parts/status.js'

export interface FieldOptions {
  /** Of the input, unique on the page. */
  id: string
  label: string
  value: string
  change(value: string): void
  hint?: unknown
  /** What is wrong with the value; it takes the place of the hint. */
  error?: string | undefined
  placeholder?: string
  disabled?: boolean
  required?: boolean
  /** Has the focus when the dialog around it opens. */
  autofocus?: boolean
  /** Machine text: addresses, ports, paths. */
  mono?: boolean
}

/** A line of text, with its label, a hint or what is wrong with it. */
export function textField(options: FieldOptions): TemplateResult {
  return field(options, { type: 'text', inputmode: 'text' })
}

/** A figure. It stays text until it is checked: half of a number is none. */
export function numberField(options: FieldOptions): TemplateResult {
  return field(options, { type: 'text', inputmode: 'decimal' })
}

/** A secret that is written and never read back. */
export function secretField(options: FieldOptions): TemplateResult {
  return field(options, { type: 'password', inputmode: 'text' })
}

export interface SwitchOptions {
  label: unknown
  checked: boolean
  change(checked: boolean): void
  disabled?: boolean
}

/** On or off. */
export function switchField({ label, checked, change, disabled }: SwitchOptions): TemplateResult {
  const onChange = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement) change(currentTarget.checked)
  }
  return html`<label class="switch">
    <input type="checkbox" role="switch" .checked=${checked} ?disabled=${disabled} @change=${onChange} />
    <span>${label}</span>
  </label>`
}

interface InputKind {
  type: 'text' | 'password'
  inputmode: 'text' | 'decimal'
}

function field(options: FieldOptions, { type, inputmode }: InputKind): TemplateResult {
  const { id, label, value, change, hint, error, placeholder, mono } = options
  const { disabled = false, required = false, autofocus = false } = options
  const note = error ?? hint
  const onInput = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLInputElement) change(currentTarget.value)
  }
  return html`<div class="form-field">
    <label for=${id}>${label}</label>
    <input
      class="field ${mono ? 'mono' : ''}"
      id=${id}
      type=${type}
      inputmode=${inputmode}
      autocomplete=${type === 'password' ? 'new-password' : 'off'}
      spellcheck="false"
      placeholder=${placeholder ?? nothing}
      aria-required=${required ? 'true' : nothing}
      aria-invalid=${error === undefined ? nothing : 'true'}
      aria-describedby=${note === undefined ? nothing : `${id}-note`}
      ?disabled=${disabled}
      ?autofocus=${autofocus}
      .value=${value}
      @input=${onInput}
    />
    ${
      error === undefined
        ? html`<span class="form-hint" id="${id}-note" ?hidden=${note === undefined}>${hint ?? nothing}</span>`
        : html`<span class="form-error" id="${id}-note">${statusShape('crit', 12)}<span>${error}</span></span>`
    }
  </div>`
}
