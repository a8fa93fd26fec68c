import './shell/app.js'
import { listenToShortcuts } from './shell/shortcuts.js'
import { ui } from './ui.js'

/** The fleet is followed by those who may see it. */
function follow(): void {
  if (ui.session.status === 'open') ui.connection.start()
  else ui.connection.stop()
}

/** The aggregator may be on its way up: the widgets are asked for again whenever the stream is back. */
function loadWidgets(): void {
  if (ui.connection.status.state !== 'live') return
  ui.widgets.load().catch((error: unknown) => console.error(error))
}

ui.session.onChange(follow)
ui.connection.onChange(loadWidgets)
listenToShortcuts()
ui.session.load()
