import type { Unsubscribe } from '../emitter.js'
import { confirmDanger } from '../feedback/confirm.js'
import { request, send } from '../http/request.js'
import { translateFor } from '../i18n/plugin-messages.js'
import type { LiveStore } from '../live/live-store.js'
import { ui } from '../ui.js'
import type { WidgetContext } from './widget-context.js'

/** Ties a widget's callbacks to its life in the page. */
export interface WidgetScope {
  /** Whose it is. */
  plugin: string
  store: LiveStore
  /** Runs a callback of the widget, so that its error is the widget's and nobody else's. */
  guard(callback: () => void): void
  /** To undo when the widget leaves the page. */
  undo(unsubscribe: Unsubscribe): Unsubscribe
}

export function createWidgetContext({ plugin, store, guard, undo }: WidgetScope): WidgetContext {
  return Object.freeze<WidgetContext>({
    api: 1,
    store: Object.freeze<WidgetContext['store']>({
      // The widget knows the type of its own plugin's field; the shell only passes it on.
      get: <T>(id: string, key: string) => store.servers.get(id)?.latest?.[key] as T | undefined,
      subscribe: (id, key, callback) => undo(store.onFieldChange(id, key, () => guard(callback))),
    }),
    i18n: Object.freeze<WidgetContext['i18n']>({
      get locale() {
        return ui.i18n.locale
      },
      t: (key, values = {}) =>
        translateFor(ui.widgets.messages, plugin, ui.i18n.locale, key, values),
      onChange(callback) {
        const undos = [ui.i18n, ui.zone].map(({ onChange }) =>
          undo(onChange(() => guard(callback))),
        )
        return () => {
          for (const each of undos) each()
        }
      },
    }),
    get fmt() {
      return ui.fmt
    },
    request: (method, path, body, { signal, headers } = {}) =>
      request(method, path, body, signal, headers),
    fetch: send,
    toast: (options) => void ui.toasts.show(options),
    confirm: confirmDanger,
    navigate: ui.route.navigate,
    action: ui.actions.run,
  })
}
