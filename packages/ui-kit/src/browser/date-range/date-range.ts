import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { describeTimeZone } from '../format/time-zone.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { fromLocal, toLocal } from './zoned-time.js'

/** The last so many seconds, or from one epoch second to another. */
export type DateRangeValue = { last_s: number } | { from: number; to: number }

const day = 86_400

let lastId = 0

/**
 * A time range: presets, and two fields of the browser for any other. What it comes to is always
 * written out in the language of the page with its zone, because the fields follow the browser's.
 *
 * @fires change, with a DateRangeValue in `detail`; not while the fields make no range
 *
 * @example
 * html`<mon-date-range .value=${{ last_s: 86400 }}
 *   @change=${({ detail }) => show(detail)}></mon-date-range>`
 */
@customElement('mon-date-range')
export class DateRange extends UiElement {
  @property({ attribute: false }) value: DateRangeValue = { last_s: day }
  /** Seconds. */
  @property({ attribute: false }) presets: readonly number[] = [
    day,
    7 * day,
    30 * day,
    90 * day,
    365 * day,
  ]
  /** What the fields make, when it is no range. */
  @state() private draft: { from: string; to: string } | undefined
  private readonly id_ = `date-range-${++lastId}`

  protected override sources(): OnChange[] {
    return [ui.clock.onTick]
  }

  protected override render(): TemplateResult {
    const { t } = ui.i18n
    const last = 'last_s' in this.value ? this.value.last_s : undefined
    return html`<fieldset class="date-range">
      <legend>${t('range.title')}</legend>
      <div class="date-range-presets">
        ${this.presets.map(
          (seconds) => html`<button
            type="button"
            aria-pressed=${seconds === last}
            @click=${() => this.tell({ last_s: seconds })}
          >
            ${ui.fmt.duration(seconds)}
          </button>`,
        )}
        <button type="button" aria-pressed=${last === undefined} @click=${this.customise}>
          ${t('range.custom')}
        </button>
      </div>
      ${last === undefined ? this.fields() : nothing}
      <p class="date-range-echo" id="${this.id_}-echo" role=${this.draft ? 'alert' : nothing}>
        ${this.draft ? t('range.invalid') : this.echo()}
      </p>
    </fieldset>`
  }

  private fields(): TemplateResult {
    const { t } = ui.i18n
    const shown = this.draft ?? {
      from: toLocal(this.bounds.from, ui.zone.name),
      to: toLocal(this.bounds.to, ui.zone.name),
    }
    const field = (name: 'from' | 'to', label: string) => html`<label>
      <span>${label}</span>
      <input
        class="field"
        type="datetime-local"
        name=${name}
        .value=${shown[name]}
        aria-invalid=${this.draft !== undefined}
        aria-describedby="${this.id_}-echo"
        @change=${this.onChange}
      />
    </label>`
    return html`<div class="date-range-fields">
      ${field('from', t('range.from'))}${field('to', t('range.to'))}
    </div>`
  }

  private echo(): string {
    const { locale, t } = ui.i18n
    const timeZone = ui.zone.name
    const { from, to } = this.bounds
    return t('range.echo', {
      from: ui.fmt.dateTime(from),
      to: ui.fmt.dateTime(to),
      zone: describeTimeZone(locale, new Date(to * 1000), timeZone),
    })
  }

  private get bounds(): { from: number; to: number } {
    if (!('last_s' in this.value)) return this.value
    const now = Math.floor(ui.clock.now() / 60) * 60
    return { from: now - this.value.last_s, to: now }
  }

  private customise(): void {
    if ('last_s' in this.value) this.tell(this.bounds)
  }

  private onChange(): void {
    const read = (name: string) =>
      this.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? ''
    const draft = { from: read('from'), to: read('to') }
    const from = fromLocal(draft.from, ui.zone.name)
    const to = fromLocal(draft.to, ui.zone.name)
    if (from === null || to === null || from >= to) this.draft = draft
    else this.tell({ from, to })
  }

  private tell(value: DateRangeValue): void {
    this.draft = undefined
    this.value = value
    this.dispatchEvent(new CustomEvent('change', { detail: value }))
  }
}
