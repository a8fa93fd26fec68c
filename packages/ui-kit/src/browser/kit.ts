/**
 * `@mon/ui-kit`, for the authors of widgets. In the page the import map leads it, and lit,
 * to the shell's own copies: leave both external when you bundle a widget.
 */
export { Chart } from './chart/chart.js'
export type { ChartColumn, ChartData, ChartRange, ChartSeries } from './chart/chart-data.js'
export { Combobox } from './combobox/combobox.js'
export type { ComboboxOption } from './combobox/filter-options.js'
export { DateRange, type DateRangeValue } from './date-range/date-range.js'
export { fromLocal, toIso, toLocal } from './date-range/zoned-time.js'
export { ActionButton } from './feedback/action-button.js'
export type { ConfirmOptions } from './feedback/confirm.js'
export type { ToastOptions } from './feedback/toasts.js'
export { followLink } from './follow-link.js'
export {
  type FieldOptions,
  numberField,
  type SwitchOptions,
  secretField,
  switchField,
  textField,
} from './form/fields.js'
export type { Formatters, MetricUnit, Quantity } from './format/formatters.js'
export { type ErrorInWords, explainError } from './i18n/explain-error.js'
export type { Locale } from './i18n/translate.js'
export { Age } from './parts/age.js'
export { type CopyLabels, copyable } from './parts/copyable.js'
export { copyableError } from './parts/copyable-error.js'
export { Countdown } from './parts/countdown.js'
export { cssProperties } from './parts/css-properties.js'
export {
  type EmptyStateOptions,
  type ErrorStateOptions,
  emptyState,
  errorState,
} from './parts/empty-state.js'
export { type FoldOutOptions, foldOut } from './parts/fold-out.js'
export { hotMark } from './parts/hot.js'
export { type IconName, icon } from './parts/icon.js'
export { Loading } from './parts/loading.js'
export { type MeterOptions, meter } from './parts/meter.js'
export { quantity } from './parts/quantity.js'
export { skeleton } from './parts/skeleton.js'
export { type Status, statusPill, statusShape } from './parts/status.js'
export { type DataTableOptions, dataTable, type TableSelection } from './table/data-table.js'
export type { PageNavOptions } from './table/page-nav.js'
export type { TableColumn, TableSort } from './table/table-column.js'
export { adoptStyles } from './widgets/adopt-styles.js'
export { Answer } from './widgets/answer.js'
export { kitStyles } from './widgets/kit-styles.js'
export { WidgetBase } from './widgets/widget-base.js'
export type {
  FormChange,
  RequestOptions,
  WidgetContext,
  WidgetElement,
  WidgetProperties,
} from './widgets/widget-context.js'
