import { html, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OnChange } from '../emitter.js'
import { cssProperties } from '../parts/css-properties.js'
import { hotMark } from '../parts/hot.js'
import { statusShape } from '../parts/status.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { type FilterState, filterStates, statusOf } from './status-of.js'
import { initialView, type OverviewView } from './view.js'

/** Shows another view: what is not named stays. */
export type ChangeView = (changes: Partial<OverviewView>) => void

interface Cell {
  mark?: TemplateResult
  word: string
  value: unknown
  /** Behind the value, smaller. */
  more?: unknown
  below?: TemplateResult
  title?: string
  pressed: boolean
  change: Partial<OverviewView>
}

/** The fleet in six figures; each is a filter that can be pressed. */
@customElement('mon-summary')
export class Summary extends UiElement {
  @property({ attribute: false }) view = initialView
  @property({ attribute: false }) change: ChangeView = () => undefined

  protected override sources(): OnChange[] {
    return [ui.figures.onChange]
  }

  protected override render(): TemplateResult {
    return html`<section class="sum" aria-label=${ui.i18n.t('overview.summary')}>
      ${filterStates.map((state) => this.cell(this.state(state)))}
      ${this.cell(this.busy())} ${this.cell(this.free())} ${this.cell(this.hot())}
    </section>`
  }

  private cell({ mark, word, value, more, below, title, pressed, change }: Cell): TemplateResult {
    return html`<button
      aria-pressed=${pressed}
      title=${title ?? nothing}
      @click=${() => this.change(change)}
    >
      <span class="k">${mark ?? nothing}${word}</span>
      <span class="v">${value}${more ? html` <small>${more}</small>` : nothing}</span>
      ${below ?? nothing}
    </button>`
  }

  private state(state: FilterState): Cell {
    const { totals } = ui.figures
    const { status, word } = statusOf({ state })
    const pressed = this.view.status === state
    return {
      mark: html`<span class="st ${status}">${statusShape(status, 12)}</span>`,
      word: ui.i18n.t(word),
      value: count(totals[state]),
      ...(state === 'online' && { more: `/ ${count(totals.servers)}` }),
      pressed,
      change: { status: pressed ? null : state },
    }
  }

  private busy(): Cell {
    const { t } = ui.i18n
    const { busy, free, unknown, gpus } = ui.figures.totals
    const notKnown = unknown > 0 && t('overview.gpus_unknown', { count: count(unknown) })
    return {
      word: t('overview.gpus_busy'),
      value: count(busy),
      more: html`/ ${count(gpus)}${notKnown ? html`<span class="wide-only"> · ${notKnown}</span>` : nothing}`,
      below: html`<span class="split">
        ${[busy, free, unknown].map((part) => html`<i ${cssProperties({ 'flex-grow': part })}></i>`)}
      </span>`,
      ...(notKnown && { title: notKnown }),
      pressed: this.view.busy,
      change: { busy: !this.view.busy },
    }
  }

  private free(): Cell {
    const { t } = ui.i18n
    const { free, with_free } = ui.figures.totals
    return {
      mark: html`<span class="free"></span>`,
      word: t('overview.gpus_free'),
      value: count(free),
      more: html`<span class="wide-only">
        ${t('overview.gpus_free_on', { servers: count(with_free) })}
      </span>`,
      title: t('overview.free_means'),
      pressed: this.view.free,
      change: { free: !this.view.free },
    }
  }

  private hot(): Cell {
    const { t } = ui.i18n
    const { hot } = ui.figures.totals
    return {
      mark: html`<span class="st crit">${hotMark}</span>`,
      word: t('overview.gpus_hot'),
      title: t('overview.hot_means'),
      value: html`<span class=${hot > 0 ? 'hot' : ''}>${count(hot)}</span>`,
      pressed: this.view.hot,
      change: { hot: !this.view.hot },
    }
  }
}

function count(value: number): string {
  return value.toLocaleString(ui.i18n.locale)
}
