import { createClock } from './clock.js'
import { createActions } from './feedback/actions.js'
import { createToasts } from './feedback/toasts.js'
import { createFormatters, type Formatters } from './format/formatters.js'
import { createZoneChoice } from './format/zone-choice.js'
import { createI18n } from './i18n/i18n.js'
import { createConnection } from './live/connection.js'
import { createFleetFigures } from './live/fleet-figures.js'
import { createLiveStore } from './live/live-store.js'
import { createRoute } from './route.js'
import { createSession } from './session/session.js'
import { createShortcutChoice } from './shell/shortcut-choice.js'
import { createThemeChoice } from './theme.js'
import { createCollapseChoice } from './widgets/collapse-choice.js'
import { createWidgetCatalogue } from './widgets/widget-catalogue.js'

/** The parts that the components of the one page share, wired together. */
export const ui = createUi()

function createUi() {
  const i18n = createI18n()
  const clock = createClock()
  const store = createLiveStore()
  const figures = createFleetFigures(store)
  const route = createRoute()
  const toasts = createToasts()
  const session = createSession()
  const zone = createZoneChoice(session)
  const formatters = new Map<string, Formatters>()
  const connection = createConnection({
    url: '/api/stream',
    onEvent({ type, data }) {
      if (type === 'fleet') store.replaceAll(JSON.parse(data))
      if (type === 'delta') store.apply(JSON.parse(data))
    },
    onServerTime: clock.synchronise,
  })

  /** They cost much to make: one for each language and zone. */
  function fmt(): Formatters {
    const key = `${i18n.locale} ${zone.name}`
    const known = formatters.get(key) ?? createFormatters(i18n.locale, zone.name)
    formatters.set(key, known)
    return known
  }

  return {
    i18n,
    clock,
    store,
    figures,
    route,
    toasts,
    connection,
    session,
    zone,
    shortcuts: createShortcutChoice(),
    theme: createThemeChoice(),
    widgets: createWidgetCatalogue(),
    collapse: createCollapseChoice(),
    actions: createActions({ toasts, route, i18n }),
    get fmt() {
      return fmt()
    },
    /** `3 min ago`, of an epoch second by the server's clock. */
    age: (epochSeconds: number) => fmt().relative(clock.now() - epochSeconds),
  }
}
