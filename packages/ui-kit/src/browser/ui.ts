import { createClock } from './clock.js'
import { createActions } from './feedback/actions.js'
import { createToasts } from './feedback/toasts.js'
import { createFormatters, type Formatters } from './format/formatters.js'
import { createI18n } from './i18n/i18n.js'
import type { Locale } from './i18n/translate.js'
import { createConnection } from './live/connection.js'
import { createFleetFigures } from './live/fleet-figures.js'
import { createLiveStore } from './live/live-store.js'
import { createRoute } from './route.js'
import { createSession } from './session/session.js'
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
  const formatters: Record<Locale, Formatters> = {
    'zh-CN': createFormatters('zh-CN'),
    en: createFormatters('en'),
  }
  const connection = createConnection({
    url: '/api/stream',
    onEvent({ type, data }) {
      if (type === 'fleet') store.replaceAll(JSON.parse(data))
      if (type === 'delta') store.apply(JSON.parse(data))
    },
    onServerTime: clock.synchronise,
  })

  return {
    i18n,
    clock,
    store,
    figures,
    route,
    toasts,
    connection,
    session: createSession(),
    theme: createThemeChoice(),
    widgets: createWidgetCatalogue(),
    collapse: createCollapseChoice(),
    actions: createActions(toasts, route),
    get fmt() {
      return formatters[i18n.locale]
    },
    /** `3 min ago`, of an epoch second by the server's clock. */
    age: (epochSeconds: number) => formatters[i18n.locale].relative(clock.now() - epochSeconds),
  }
}
