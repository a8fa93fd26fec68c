import { html, nothing, type TemplateResult } from 'lit'
import { recall, remember } from '../remember.js'
import { icon } from './icon.js'

export interface FoldOutOptions {
  title: unknown
  /** Behind the title, at the end of the line. */
  aside?: unknown
  content: unknown
  /** Whether it begins unfolded; folded unless given. */
  open?: boolean
  /** Under this name the choice of the user is kept, on this browser. */
  name?: string
  onToggle?(open: boolean): void
}

/** A section that folds: the browser's own `<details>`, so keyboard and find-in-page know it. */
export function foldOut(options: FoldOutOptions): TemplateResult {
  const { title, aside, content, open = false, name, onToggle } = options
  const kept = name === undefined ? null : recall(`mon.fold.${name}`)
  const keep = ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLDetailsElement)) return
    if (name !== undefined) remember(`mon.fold.${name}`, currentTarget.open ? 'open' : 'closed')
    onToggle?.(currentTarget.open)
  }
  return html`<details class="fold" ?open=${kept === null ? open : kept === 'open'} @toggle=${keep}>
    <summary>
      <span class="fold-title">${title}</span>
      ${aside === undefined ? nothing : html`<span class="fold-aside">${aside}</span>`}
      <span class="fold-chevron">${icon('chevron-down')}</span>
    </summary>
    <div class="fold-body">${content}</div>
  </details>`
}
