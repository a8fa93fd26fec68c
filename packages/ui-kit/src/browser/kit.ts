/**
 * `@mon/ui-kit`, for the authors of widgets. In the page the import map leads it, and lit,
 * to the shell's own copies: leave both external when you bundle a widget.
 */
export type { ConfirmOptions } from './feedback/confirm.js'
export type { ToastOptions } from './feedback/toasts.js'
export type { Formatters, Quantity } from './format/formatters.js'
export type { Locale } from './i18n/translate.js'
export { type CopyLabels, copyable } from './parts/copyable.js'
export { cssProperties } from './parts/css-properties.js'
export { type MeterOptions, meter } from './parts/meter.js'
export { quantity } from './parts/quantity.js'
export { type Status, statusPill, statusShape } from './parts/status.js'
export type { WidgetContext, WidgetElement } from './widgets/widget-context.js'
