import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { OnChange, Unsubscribe } from '../emitter.js'
import type { LiveStore } from '../live/live-store.js'
import { copyableError } from '../parts/copyable-error.js'
import { icon } from '../parts/icon.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'
import { createWidgetContext } from './create-widget-context.js'
import { catchErrors, catchUpdateErrors } from './error-boundary.js'
import { adoptKitStyles } from './kit-styles.js'
import type { WidgetEntry } from './widget-catalogue.js'
import type { WidgetElement, WidgetProperties } from './widget-context.js'
import { createWidgetElement } from './widget-module.js'

/** One widget and the boundary around it: a widget that fails costs its own place only. */
@customElement('mon-widget')
export class WidgetHost extends UiElement {
  @property({ attribute: false }) entry: WidgetEntry | undefined
  @property({ attribute: false }) props: WidgetProperties = {}
  /** What it reads; the fleet in summary unless given. */
  @property({ attribute: false }) store: LiveStore = ui.store
  @state() private element: WidgetElement | undefined
  @state() private error: unknown
  private attempt = 0
  private undos = new Set<Unsubscribe>()

  protected override sources(): OnChange[] {
    return [ui.collapse.onChange]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.setAttribute('role', 'group')
    this.addEventListener('toggle', this.onToggle, { capture: true })
    void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.unload()
  }

  protected override render(): TemplateResult {
    if (this.error !== undefined) return this.failure(this.error)
    return html`${this.element ?? nothing}`
  }

  protected override willUpdate(): void {
    this.ariaLabel = this.entry?.title[ui.i18n.locale] ?? null
    if (this.element) this.show(this.element)
  }

  private show(element: WidgetElement): void {
    if (this.entry?.slot !== 'overview.card') return
    const collapsed = ui.collapse.isCollapsed(this.entry.tag)
    if (element.collapsed !== collapsed) element.collapsed = collapsed
  }

  /** A widget folds by a `<details>` of its own; the choice holds for all of its kind. */
  private readonly onToggle = ({ target }: Event): void => {
    const { element, entry } = this
    if (!(target instanceof HTMLDetailsElement) || target.parentElement !== element) return
    if (entry?.slot === 'overview.card') ui.collapse.collapse(entry.tag, !target.open)
  }

  private failure(error: unknown): TemplateResult {
    const { t } = ui.i18n
    return html`<div class="error">
      <span>${t('widget.failed', { plugin: this.entry?.plugin ?? '' })}</span>
      ${copyableError(
        error,
        html`<div class="btn-row">
          <button class="btn" @click=${this.retry}>${icon('rotate-cw')}${t('common.retry')}</button>
        </div>`,
      )}
    </div>`
  }

  private async load(): Promise<void> {
    const { entry } = this
    if (entry === undefined) return
    try {
      const element = await createWidgetElement(entry, this.attempt)
      if (!this.isConnected) return
      element.ctx = createWidgetContext({
        plugin: entry.plugin,
        store: this.store,
        guard: (callback) => this.guard(callback),
        undo: (unsubscribe) => this.undo(unsubscribe),
      })
      Object.assign(element, this.props)
      catchUpdateErrors(element, (error) => this.fail(error))
      this.element = element
    } catch (error) {
      this.fail(error)
    }
  }

  /** Puts the element in the page, or takes it out, or gives it new properties: its own code runs then. */
  protected override update(changed: PropertyValues<this>): void {
    this.guard(() => {
      if (changed.has('props') && this.element) Object.assign(this.element, this.props)
      super.update(changed)
      if (this.element) adoptKitStyles(this.element)
    })
  }

  private guard(callback: () => void): void {
    catchErrors(callback, (error) => this.fail(error))
  }

  private undo(unsubscribe: Unsubscribe): Unsubscribe {
    this.undos.add(unsubscribe)
    return unsubscribe
  }

  private retry(): void {
    this.attempt += 1
    this.error = undefined
    void this.load()
  }

  /** What it throws as it is taken out does not hide why. */
  private fail(error: unknown): void {
    this.unload()
    this.error ??= error
  }

  private unload(): void {
    for (const undo of this.undos) undo()
    this.undos.clear()
    this.element = undefined
  }
}
