import { html, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorState } from '../parts/empty-state.js'
import { ui } from '../ui.js'
import { UiElement } from '../ui-element.js'

/** A page whose code is fetched when it is first shown. */
export function lazy(load: () => Promise<unknown>, page: TemplateResult): TemplateResult {
  return html`<mon-lazy-page .load=${load} .page=${page}></mon-lazy-page>`
}

@customElement('mon-lazy-page')
export class LazyPage extends UiElement {
  @property({ attribute: false }) load: () => Promise<unknown> = () => Promise.resolve()
  @property({ attribute: false }) page: TemplateResult = html``
  @state() private loaded = false
  @state() private error: unknown

  override connectedCallback(): void {
    super.connectedCallback()
    void this.begin()
  }

  protected override render(): TemplateResult {
    if (this.error !== undefined) return this.failure(this.error)
    return this.loaded ? this.page : html``
  }

  private async begin(): Promise<void> {
    try {
      await this.load()
      this.loaded = true
    } catch (error) {
      this.error = error
    }
  }

  /** A browser remembers a module that did not load, so only a reload asks for it again. */
  private failure(error: unknown): TemplateResult {
    const heading = ui.i18n.t('app.page_failed')
    return errorState({ heading, error, retry: () => location.reload() })
  }
}
