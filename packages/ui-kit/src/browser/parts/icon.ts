import { html, type TemplateResult } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import arrowDown from 'lucide-static/icons/arrow-down.svg'
import arrowUp from 'lucide-static/icons/arrow-up.svg'
import book from 'lucide-static/icons/book-open.svg'
import cable from 'lucide-static/icons/cable.svg'
import chart from 'lucide-static/icons/chart-line.svg'
import check from 'lucide-static/icons/check.svg'
import chevronDown from 'lucide-static/icons/chevron-down.svg'
import clock from 'lucide-static/icons/clock.svg'
import copy from 'lucide-static/icons/copy.svg'
import moreTabs from 'lucide-static/icons/ellipsis.svg'
import more from 'lucide-static/icons/ellipsis-vertical.svg'
import gpu from 'lucide-static/icons/gpu.svg'
import info from 'lucide-static/icons/info.svg'
import keyboard from 'lucide-static/icons/keyboard.svg'
import languages from 'lucide-static/icons/languages.svg'
import dashboard from 'lucide-static/icons/layout-dashboard.svg'
import grid from 'lucide-static/icons/layout-grid.svg'
import logOut from 'lucide-static/icons/log-out.svg'
import monitor from 'lucide-static/icons/monitor.svg'
import moon from 'lucide-static/icons/moon.svg'
import pencil from 'lucide-static/icons/pencil.svg'
import play from 'lucide-static/icons/play.svg'
import plug from 'lucide-static/icons/plug.svg'
import plus from 'lucide-static/icons/plus.svg'
import puzzle from 'lucide-static/icons/puzzle.svg'
import retry from 'lucide-static/icons/rotate-cw.svg'
import rows from 'lucide-static/icons/rows-3.svg'
import search from 'lucide-static/icons/search.svg'
import server from 'lucide-static/icons/server.svg'
import settings from 'lucide-static/icons/settings.svg'
import square from 'lucide-static/icons/square.svg'
import sun from 'lucide-static/icons/sun.svg'
import trash from 'lucide-static/icons/trash-2.svg'
import unplug from 'lucide-static/icons/unplug.svg'
import x from 'lucide-static/icons/x.svg'
import zoomOut from 'lucide-static/icons/zoom-out.svg'

/** By their lucide names. Inlined at build: nothing is fetched. */
const icons = {
  'arrow-down': arrowDown,
  'arrow-up': arrowUp,
  'book-open': book,
  cable,
  'chart-line': chart,
  check,
  'chevron-down': chevronDown,
  clock,
  copy,
  ellipsis: moreTabs,
  'ellipsis-vertical': more,
  gpu,
  info,
  keyboard,
  languages,
  'layout-dashboard': dashboard,
  'layout-grid': grid,
  'log-out': logOut,
  monitor,
  moon,
  pencil,
  play,
  plug,
  plus,
  puzzle,
  'rotate-cw': retry,
  'rows-3': rows,
  search,
  server,
  settings,
  square,
  sun,
  'trash-2': trash,
  unplug,
  x,
  'zoom-out': zoomOut,
}

export type IconName = keyof typeof icons

/** A drawing without a meaning of its own: the words beside it, or the button's label, say it. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="ico" aria-hidden="true">${unsafeHTML(icons[name])}</span>`
}

/** The icon of a plugin's page; one that the shell does not carry becomes a puzzle piece. */
export function pageIcon(name: string | null): TemplateResult {
  return icon(isIconName(name) ? name : 'puzzle')
}

function isIconName(name: string | null): name is IconName {
  return name !== null && Object.hasOwn(icons, name)
}
