import type { MessageKey } from '../i18n/translate.js'
import { ui } from '../ui.js'
import { dialogs } from './dialogs.js'
import { findPage, pages } from './pages.js'

interface Shortcut {
  /** One after the other. */
  keys: readonly [string] | readonly [string, string]
  does: MessageKey & `shortcut.${string}`
  run(): void
}

/** Those of this page: one that leads to a page of a plugin is there when the plugin is. */
export function shortcuts(): Shortcut[] {
  const all = pages()
  return [
    { keys: ['/'], does: 'shortcut.search', run: focusSearch },
    ...destinations
      .filter(({ path }) => findPage(all, path) !== undefined)
      .map(({ key, path, does }) => ({
        keys: ['g', key] as const,
        does,
        run: () => ui.route.navigate(path),
      })),
    { keys: ['?'], does: 'shortcut.help', run: dialogs.shortcuts },
  ]
}

const destinations = [
  { key: 'o', path: '/', does: 'shortcut.overview' },
  { key: 'h', path: '/history', does: 'shortcut.history' },
  { key: 's', path: '/servers', does: 'shortcut.servers' },
] as const

/** How long the first of two keys is remembered, milliseconds. */
const patience = 1500

/** Listens to the keyboard, for as long as the page is open. */
export function listenToShortcuts(): void {
  let first: { key: string; at: number } | undefined

  document.addEventListener('keydown', (event) => {
    if (!ui.shortcuts.enabled || ui.session.status !== 'open' || isForOthers(event)) return
    const { key, timeStamp } = event
    const before = first && timeStamp - first.at < patience ? [first.key] : []
    const pressed = [...before, key].join(' ')
    const found = shortcuts().find(({ keys }) => [pressed, key].includes(keys.join(' ')))
    first = found ? undefined : { key, at: timeStamp }
    if (found === undefined) return
    event.preventDefault()
    found.run()
  })
}

/** Typing, a combination that belongs to the browser, or a dialog in front. */
function isForOthers(event: KeyboardEvent): boolean {
  const { target, defaultPrevented, isComposing, ctrlKey, metaKey, altKey } = event
  if (defaultPrevented || isComposing || ctrlKey || metaKey || altKey) return true
  if (document.querySelector('dialog:modal') !== null) return true
  const [inner] = event.composedPath()
  const element = inner instanceof HTMLElement ? inner : target
  return (
    element instanceof HTMLElement && (element.isContentEditable || element.matches(textFields))
  )
}

/** A checkbox takes no letters, and a switch is one. */
const textFields = 'input:not([type="checkbox"], [type="radio"]), textarea, select'

/** A page marks the field with `data-search`. */
function focusSearch(): void {
  const field = document.querySelector('main [data-search], main input[type="search"]')
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.select()
}
