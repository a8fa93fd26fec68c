import type { WidgetEntry } from './widget-catalogue.js'
import type { WidgetElement } from './widget-context.js'

/**
 * Loads a widget's module, which defines its element, and makes one.
 *
 * @param attempt from 0; a browser remembers a module that did not load, so a later attempt asks anew
 * @throws whatever the module or the element's constructor throws
 */
export async function createWidgetElement(
  { module, tag, plugin }: WidgetEntry,
  attempt: number,
): Promise<WidgetElement> {
  if (customElements.get(tag) === undefined) {
    await import(attempt === 0 ? module : `${module}?attempt=${attempt}`)
  }
  const Element = customElements.get(tag)
  if (Element === undefined) {
    throw new Error(`${module} of plugin "${plugin}" does not define the element <${tag}>.`)
  }
  return new Element()
}
