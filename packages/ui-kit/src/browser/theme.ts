import { createEmitter, type OnChange } from './emitter.js'
import { remember } from './remember.js'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export interface ThemeChoice {
  readonly current: Theme
  /** What `toggle` would choose. */
  readonly next: Theme
  toggle(): void
  choose(theme: Theme): void
  onChange: OnChange
}

/** `<html data-theme>` is the one place where the theme is kept; the boot script sets it before first paint. */
export function createThemeChoice(): ThemeChoice {
  const { emit, onChange } = createEmitter()
  const root = document.documentElement
  const current = () => themes.find((theme) => theme === root.dataset.theme) ?? 'system'
  const next = () => themes[(themes.indexOf(current()) + 1) % themes.length] ?? 'system'

  function choose(theme: Theme): void {
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    remember('mon.theme', theme === 'system' ? null : theme)
    emit()
  }

  return {
    get current() {
      return current()
    },
    get next() {
      return next()
    },
    toggle: () => choose(next()),
    choose,
    onChange,
  }
}
