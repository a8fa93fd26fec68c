import type { Unsubscribe } from '../emitter.js'
import type { ConfirmOptions } from '../feedback/confirm.js'
import type { ToastOptions } from '../feedback/toasts.js'
import type { Formatters } from '../format/formatters.js'
import type { Locale } from '../i18n/translate.js'

/**
 * What the shell gives a widget, as its property `ctx`. Nothing of it is a global, and nothing
 * else of the shell is a widget's business.
 */
export interface WidgetContext {
  /** Version of this contract. */
  readonly api: 1
  readonly store: {
    /** A field of the server's latest snapshot; undefined while there is none. */
    get<T>(serverId: string, key: string): T | undefined
    /** Calls back when that field changes, at most once per animation frame, while the widget is in the page. */
    subscribe(serverId: string, key: string, callback: () => void): Unsubscribe
  }
  readonly i18n: {
    readonly locale: Locale
    /** A message of the shell, e.g. `t('common.retry')`. An unknown key comes back as it is. */
    t(key: string, values?: object): string
    /** Calls back when the user changes the language, while the widget is in the page. */
    onChange(callback: () => void): Unsubscribe
  }
  /** In the language of the page. */
  readonly fmt: Formatters
  /** Asks the aggregator, in JSON. @throws RequestError with `code`, `hint`, `request_id` */
  request<T>(method: string, path: string, body?: unknown): Promise<T>
  toast(options: ToastOptions): void
  /** Asks before something that cannot be undone. */
  confirm(options: ConfirmOptions): Promise<boolean>
  /** Goes to a page of the shell. */
  navigate(to: string): void
  /** Runs what a user asked for, once per `id` at a time; a failure is shown, leaving the page aborts it. */
  action<T>(id: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/** The element that a plugin defines. The shell sets these before it puts the element in the page. */
export interface WidgetElement extends HTMLElement {
  ctx?: WidgetContext
  /** In slots that belong to a server. */
  serverId?: string
  /** In `overview.card`: show the short form. */
  collapsed?: boolean
}
