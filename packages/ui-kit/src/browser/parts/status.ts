import { html, svg, type TemplateResult } from 'lit'

/** A status is shape + word + colour: it must be readable without any one of them. */
export type Status = 'ok' | 'warn' | 'crit' | 'off' | 'busy'

const shapes: Record<Status, TemplateResult> = {
  ok: svg`<circle cx="7" cy="7" r="6" fill="currentColor"/><path d="m4.2 7.2 2 2 3.6-4" fill="none" stroke="var(--surface)" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  warn: svg`<path d="M7 .9 13.6 12.6H.4Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path d="M7 5v3.6M7 10.6v.1" stroke="var(--surface)" stroke-width="1.6" stroke-linecap="round"/>`,
  crit: svg`<path d="M4.2.8h5.6l3.4 3.4v5.6l-3.4 3.4H4.2L.8 9.8V4.2Z" fill="currentColor"/><path d="m4.9 4.9 4.2 4.2m0-4.2L4.9 9.1" stroke="var(--surface)" stroke-width="1.6" stroke-linecap="round"/>`,
  off: svg`<circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M3.4 10.6 10.6 3.4" stroke="currentColor" stroke-width="1.6"/>`,
  busy: svg`<circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="3 2.6"/>`,
}

export function statusShape(status: Status, size = 14): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 14 14" aria-hidden="true">
    ${shapes[status]}
  </svg>`
}

/** The filled pill of an exception; `ok` stays plain text. */
export function statusPill(status: Status, word: string): TemplateResult {
  return html`<span class="st pill ${status}">${statusShape(status)}${word}</span>`
}
