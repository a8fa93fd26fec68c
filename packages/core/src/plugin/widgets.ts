import type { Widget } from './widget.js'

/** Collects the widgets of all plugins. */
export interface WidgetRegistry {
  add(plugin: string, widget: Widget): void
  /** In slot order; complete once the host is ready. */
  list(): readonly RegisteredWidget[]
}

export interface RegisteredWidget extends Widget {
  plugin: string
}
