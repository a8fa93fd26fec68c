import type { ChartRange } from '../chart/chart-data.js'
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
    /**
     * A message of the plugin, `t('<plugin>.<key>')`, or of the shell, such as `t('common.retry')`.
     * Numbers among the values are written as the language writes them. An unknown key comes back
     * as it is, and is told on the console.
     */
    t(key: string, values?: object): string
    /** Calls back when the user changes the language or the time zone, while the widget is in the page. */
    onChange(callback: () => void): Unsubscribe
  }
  /** In the language and the time zone of the page. */
  readonly fmt: Formatters
  /** Asks the aggregator, in JSON. @throws RequestError with `code`, `hint`, `request_id` */
  request<T>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<T>
  /** The whole answer, for its headers or to read it as it comes; fails as `request` does. */
  fetch(path: string, options?: RequestInit): Promise<Response>
  toast(options: ToastOptions): void
  /** Asks before something that cannot be undone. */
  confirm(options: ConfirmOptions): Promise<boolean>
  /** Goes to a page of the shell. */
  navigate(to: string): void
  /** Runs what a user asked for, once per `id` at a time; a failure is shown, leaving the page aborts it. */
  action<T>(id: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>
}

export interface RequestOptions {
  /** Ends it: the request rejects with the signal's reason. */
  signal?: AbortSignal
  /** Beside those that the page sends, such as `If-Match`. */
  headers?: Record<string, string>
}

/** The element that a plugin defines. The shell sets `ctx` before it puts the element in the page. */
export interface WidgetElement extends HTMLElement, WidgetProperties {
  ctx?: WidgetContext
}

/** What the shell sets beside `ctx`, and sets again when it changes; each only in the slots named. */
export interface WidgetProperties {
  /** Not in `nav.page`; in `server.form` only of a server that exists. */
  serverId?: string
  /** In `overview.card`: show the short form. */
  collapsed?: boolean
  /** In `server.detail`: how much of the past is shown. */
  window?: '5m' | '15m' | '60m'
  /**
   * In `server.detail`: the stretch that the charts of the page are zoomed to; undefined while they
   * show the whole window. A `zoom` event of a chart in the widget zooms all of them.
   */
  zoom?: ChartRange | undefined
  /** In `server.form`: the plugin's part of the server as `ui-change` last gave it; undefined before. */
  value?: unknown
  /** In `server.form`: what is wrong, by field. */
  errors?: Record<string, string>
  /** In `server.form`: nothing can be changed now. */
  disabled?: boolean
  /** In `server.form`: the user has tried to save, so what is missing is to be said, too. */
  submitted?: boolean
}

/** What a widget in `server.form` tells with the event `ui-change`, which bubbles. */
export interface FormChange {
  value: unknown
  /** The server is not saved while it is false. */
  valid: boolean
  /**
   * Saves the value, once the server itself is saved: then a new one has its id too. What it throws
   * is shown, and a RequestError's violations come back as `errors`.
   */
  save(serverId: string): Promise<unknown>
}
