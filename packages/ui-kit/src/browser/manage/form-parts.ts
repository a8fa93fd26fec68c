import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { RequestError } from '../http/request.js'
import { foldOut } from '../parts/fold-out.js'
import { ui } from '../ui.js'
import type { FormChange, WidgetProperties } from '../widgets/widget-context.js'
import '../widgets/widget-host.js'

/** A part that could not be saved, and whose it is. */
class PartError extends Error {
  readonly tag: string

  constructor(tag: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.tag = tag
  }
}

/** What plugins add to the form of a server: the widgets of the slot `server.form`. */
export class FormParts {
  private readonly changes = new Map<string, FormChange>()
  private readonly errors = new Map<string, Record<string, string>>()

  constructor(private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>) {}

  get isDirty(): boolean {
    return this.changes.size > 0
  }

  /** How many parts say that they are not valid. */
  get invalid(): number {
    return [...this.changes.values()].filter(({ valid }) => !valid).length
  }

  render(
    serverId: string | undefined,
    state: Pick<WidgetProperties, 'disabled' | 'submitted'>,
  ): TemplateResult | typeof nothing {
    const entries = ui.widgets.inSlot('server.form')
    if (entries.length === 0) return nothing
    return html`${repeat(
      entries,
      ({ tag }) => tag,
      (entry) => {
        const { tag, title } = entry
        const props = {
          ...(serverId !== undefined && { serverId }),
          value: this.changes.get(tag)?.value,
          errors: this.errors.get(tag) ?? {},
          ...state,
        }
        return html`<div @ui-change=${(event: Event) => this.note(tag, event)}>
          ${foldOut({
            title: title[ui.i18n.locale],
            name: `form.${tag}`,
            content: html`<mon-widget .entry=${entry} .props=${props}></mon-widget>`,
          })}
        </div>`
      },
    )}`
  }

  /** Each part that was changed saves itself; the first that fails ends it. */
  async save(serverId: string): Promise<void> {
    for (const [tag, { save }] of [...this.changes]) {
      try {
        await save(serverId)
      } catch (error) {
        throw new PartError(tag, error)
      }
      this.changes.delete(tag)
    }
  }

  /** @returns whether the error is wholly told by the fields of the part that could not be saved */
  refuses(error: unknown): boolean {
    if (!(error instanceof PartError)) return false
    const { cause, tag } = error
    if (!(cause instanceof RequestError) || cause.violations.length === 0) return false
    const fields = cause.violations.map(({ path, message }) => [
      path.replace(/^body\./, ''),
      message,
    ])
    this.errors.set(tag, Object.fromEntries(fields))
    this.host.requestUpdate()
    return true
  }

  /** Why a part could not be saved; any other error is itself. */
  causeOf(error: unknown): unknown {
    return error instanceof PartError ? error.cause : error
  }

  private note(tag: string, event: Event): void {
    if (!(event instanceof CustomEvent) || !isFormChange(event.detail)) return
    this.changes.set(tag, event.detail)
    this.errors.delete(tag)
    this.host.requestUpdate()
  }
}

function isFormChange(detail: unknown): detail is FormChange {
  return (
    typeof detail === 'object' &&
    detail !== null &&
    'value' in detail &&
    'valid' in detail &&
    typeof detail.valid === 'boolean' &&
    'save' in detail &&
    typeof detail.save === 'function'
  )
}
