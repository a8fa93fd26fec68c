import { defaultRangeExtractor, WindowVirtualizerController } from '@tanstack/lit-virtual'
import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit'
import { ref } from 'lit/directives/ref.js'
import { repeat } from 'lit/directives/repeat.js'
import { cssProperties } from '../parts/css-properties.js'

export interface WindowRowsOptions {
  /** Pixels, with the gap below it; what a row really takes is measured once it is shown. */
  estimate(): number
  /** What stays the same when rows change places. */
  key(index: number): string
  /** Draws a row; what it returns gets `reference`, and `data-index` with the index of the row. */
  row(index: number, reference: unknown): TemplateResult
}

/**
 * The rows of a long list that the window shows, and a few around them. The others are room in
 * between, so all stays in the flow. The row that holds the focus is never taken away.
 */
export class WindowRows implements ReactiveController {
  private readonly host: LitElement
  private readonly options: WindowRowsOptions
  private readonly controller: WindowVirtualizerController<HTMLElement>
  private readonly observer = new ResizeObserver(() => this.measureMargin())
  private focused = -1
  private margin = 0

  constructor(host: LitElement, options: WindowRowsOptions) {
    this.host = host
    this.options = options
    this.controller = new WindowVirtualizerController<HTMLElement>(host, {
      count: 0,
      estimateSize: options.estimate,
      overscan: 1,
      getItemKey: options.key,
      rangeExtractor: (range) => {
        const shown = new Set(defaultRangeExtractor(range))
        // With its neighbours, so that Tab leads to them.
        if (this.focused >= 0) {
          for (const near of [this.focused - 1, this.focused, this.focused + 1]) {
            if (near >= 0 && near < range.count) shown.add(near)
          }
        }
        return [...shown].sort((a, b) => a - b)
      },
      // A size that is not known yet is no reason to lay the page out now.
      measureElement: (element, entry, instance) => {
        const [box] = entry?.borderBoxSize ?? []
        if (box) return box.blockSize
        const key = options.key(Number(element.dataset.index))
        return instance.itemSizeCache.get(key) ?? options.estimate()
      },
    })
    host.addController(this)
  }

  hostConnected(): void {
    this.host.addEventListener('focusin', this.onFocusIn)
    this.host.addEventListener('focusout', this.onFocusOut)
    // What stands above the list moves it; the page then has another height.
    this.observer.observe(document.body)
  }

  hostDisconnected(): void {
    this.host.removeEventListener('focusin', this.onFocusIn)
    this.host.removeEventListener('focusout', this.onFocusOut)
    this.observer.disconnect()
  }

  render(count: number): TemplateResult {
    const virtualizer = this.controller.getVirtualizer()
    if (virtualizer.options.count !== count || virtualizer.options.scrollMargin !== this.margin) {
      virtualizer.setOptions({ ...virtualizer.options, count, scrollMargin: this.margin })
    }
    const parts: { key: unknown; part: TemplateResult }[] = []
    let end = this.margin
    for (const { key, index, start, end: next } of virtualizer.getVirtualItems()) {
      // Rows keep their places among each other, so that none is ever taken out and put in again.
      if (parts.length === 0 || start > end) {
        parts.push({ key: parts.length === 0 ? 'above' : `before ${key}`, part: room(start - end) })
      }
      parts.push({ key, part: this.options.row(index, ref(this.measure)) })
      end = next
    }
    parts.push({ key: 'below', part: room(this.margin + virtualizer.getTotalSize() - end) })
    return html`${repeat(
      parts,
      ({ key }) => key,
      ({ part }) => part,
    )}`
  }

  /** Rows have another height now, as their columns do. */
  forgetSizes(): void {
    this.controller.getVirtualizer().measure()
  }

  private readonly measure = (element: Element | undefined): void => {
    this.controller.getVirtualizer().measureElement(element instanceof HTMLElement ? element : null)
  }

  private measureMargin(): void {
    const margin = Math.round(this.host.getBoundingClientRect().top + window.scrollY)
    if (margin === this.margin) return
    this.margin = margin
    this.host.requestUpdate()
  }

  private readonly onFocusIn = ({ target }: FocusEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
    this.focused = Number(row?.dataset.index ?? -1)
  }

  private readonly onFocusOut = (): void => {
    this.focused = -1
  }
}

function room(height: number): TemplateResult {
  return html`<div class="room" ${cssProperties({ height: `${Math.max(0, height)}px` })}></div>`
}
