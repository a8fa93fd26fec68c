import { noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

class CssProperties extends Directive {
  override render(_properties: Record<string, string | number>): unknown {
    return noChange
  }

  override update(
    { element }: ElementPart,
    [properties]: [Record<string, string | number>],
  ): unknown {
    if (element instanceof HTMLElement || element instanceof SVGElement) {
      for (const [name, value] of Object.entries(properties)) {
        element.style.setProperty(name, String(value))
      }
    }
    return noChange
  }
}

/**
 * Sets CSS properties of an element. The page's policy forbids `style` attributes, and lit's
 * `styleMap` writes one when it first renders.
 *
 * @example
 * html`<i ${cssProperties({ '--v': 42 })}></i>`
 */
export const cssProperties = directive(CssProperties)
