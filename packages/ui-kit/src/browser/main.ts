import './shell/app.js'
import { ui } from './ui.js'

/** The aggregator may be on its way up: the widgets are asked for again whenever the stream is back. */
function loadWidgets(): void {
  if (ui.connection.status.state !== 'live') return
  ui.widgets.load().catch((error: unknown) => console.error(error))
}

ui.connection.onChange(loadWidgets)
ui.connection.start()
