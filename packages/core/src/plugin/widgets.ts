import { basename } from 'node:path/posix'
import { MonError } from '../errors.js'
import { messageProblems } from './messages.js'
import type { Widget, WidgetManifestEntry } from './widget.js'

export interface RegisteredWidget extends Widget {
  plugin: string
}

/** Collects the widgets of all plugins. */
export interface WidgetRegistry {
  /** @throws MonError WIDGET_INVALID when the tag is taken or does not begin with the plugin's id, or when a message is missing in a language */
  add(plugin: string, widget: Widget): void
  /** Those of the plugins that run, in slot order; complete once the host is ready. */
  list(): readonly RegisteredWidget[]
}

export function createWidgetRegistry(isRunning: (plugin: string) => boolean): WidgetRegistry {
  const widgets = new Map<string, RegisteredWidget>()
  return {
    add(plugin, widget) {
      const { tag } = widget
      if (!tag.startsWith(`${plugin}-`) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(tag)) {
        throw new MonError(
          'WIDGET_INVALID',
          `Plugin "${plugin}": the widget tag "${tag}" must begin with "${plugin}-" and be a custom element's name.`,
        )
      }
      if (widgets.has(tag)) {
        throw new MonError(
          'WIDGET_INVALID',
          `Plugin "${plugin}": the widget tag "${tag}" is taken.`,
        )
      }
      const [problem] = widget.messages === undefined ? [] : messageProblems(widget.messages)
      if (problem !== undefined) {
        throw new MonError(
          'WIDGET_INVALID',
          `Plugin "${plugin}": of the messages of widget "${tag}", ${problem}`,
        )
      }
      widgets.set(tag, { ...widget, plugin })
    },
    list: () =>
      [...widgets.values()]
        .filter(({ plugin }) => isRunning(plugin))
        .sort((a, b) => orderOf(a) - orderOf(b)),
  }
}

/** The manifest of `GET /api/widgets`, from which the web UI loads the modules. */
export function widgetManifest(widgets: readonly RegisteredWidget[]): WidgetManifestEntry[] {
  return widgets.map((widget) => ({
    plugin: widget.plugin,
    tag: widget.tag,
    slot: widget.slot,
    order: orderOf(widget),
    placement: widget.placement ?? null,
    module: `/ui/widgets/${widget.plugin}/${basename(widget.module.pathname)}`,
    title: widget.title,
    icon: widget.icon ?? null,
    path: widget.path ?? null,
    messages: widget.messages ?? null,
    api: widget.api ?? 1,
  }))
}

function orderOf(widget: Widget): number {
  return widget.order ?? 100
}
