import { type Static, Type } from 'typebox'
import { LocalisedText } from '../metrics/metric.js'
import { Messages } from './messages.js'

export const WidgetSlot = Type.Union([
  Type.Literal('nav.page'),
  Type.Literal('overview.card'),
  Type.Literal('overview.cell'),
  Type.Literal('server.detail'),
  Type.Literal('server.form'),
])
export type WidgetSlot = Static<typeof WidgetSlot>

/** A custom element that a plugin puts into a slot of the web UI. */
export interface Widget {
  /** Name of the element; begins with the plugin's id and a hyphen. */
  tag: string
  slot: WidgetSlot
  /** The built ES module that defines the element and does nothing else: `new URL('./widget.js', import.meta.url)`. */
  module: URL
  title: LocalisedText
  /**
   * What it says, in both languages; `ctx.i18n.t('<plugin>.<key>')` gives a text. Widgets of one
   * plugin share their messages, so one that several use is declared once.
   */
  messages?: Messages
  /** The version of `WidgetContext` it is written for, 1 unless given; a page that has another skips it. */
  api?: number
  /** Place among the slot's widgets, lowest first; 100 unless given. */
  order?: number
  /** For `server.detail`. */
  placement?: 'main' | 'aside'
  /** For `nav.page`: a lucide icon name, and the page's path. */
  icon?: string
  path?: string
}

/** An entry of `GET /api/widgets`. */
export const WidgetManifestEntry = Type.Object({
  plugin: Type.String(),
  tag: Type.String(),
  slot: WidgetSlot,
  order: Type.Number(),
  placement: Type.Union([Type.Literal('main'), Type.Literal('aside'), Type.Null()]),
  module: Type.String({ description: 'URL path of the ES module' }),
  title: LocalisedText,
  icon: Type.Union([Type.String(), Type.Null()]),
  path: Type.Union([Type.String(), Type.Null()]),
  messages: Type.Union([Messages, Type.Null()], { description: 'By language and key' }),
  api: Type.Integer({ description: 'The version of the contract between page and widget' }),
})
export type WidgetManifestEntry = Static<typeof WidgetManifestEntry>
