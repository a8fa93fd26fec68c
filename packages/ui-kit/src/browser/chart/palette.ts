import type { Unsubscribe } from '../emitter.js'
import { ui } from '../ui.js'

/** The tokens as a canvas takes them; in forced colours all of them are the system's. */
export interface Palette {
  series: readonly string[]
  /** Below a line that stands alone; null in forced colours. */
  fills: readonly string[] | null
  /** Between least and greatest; null in forced colours. */
  bands: readonly string[] | null
  /** A series that is one of many. */
  other: string
  grid: string
  label: string
  surface: string
  font: string
}

/** Calls back when other colours are to be read: the theme, or forced colours. */
export function onLookChange(callback: () => void): Unsubscribe {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  )
  for (const query of queries) query.addEventListener('change', callback)
  const undoTheme = ui.theme.onChange(callback)
  return () => {
    undoTheme()
    for (const query of queries) query.removeEventListener('change', callback)
  }
}

const tokens = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6']

/** Reads them where `element` stands, for a theme may be forced on any part of a page. */
export function readPalette(element: HTMLElement): Palette {
  const probe = element.appendChild(document.createElement('span'))
  probe.hidden = true
  const resolve = (colour: string) => {
    probe.style.color = colour
    return getComputedStyle(probe).color
  }
  const isForced = matchMedia('(forced-colors: active)').matches
  const tints = (percent: number) =>
    isForced
      ? null
      : tokens.map((token) => resolve(`color-mix(in srgb, var(${token}) ${percent}%, transparent)`))
  const palette = {
    series: tokens.map((token) => resolve(`var(${token})`)),
    fills: tints(10),
    bands: tints(28),
    other: resolve('var(--line-ctl)'),
    grid: resolve(isForced ? 'GrayText' : 'var(--line)'),
    label: resolve('var(--text-3)'),
    surface: resolve('var(--surface)'),
    font: `11px ${getComputedStyle(element).fontFamily}`,
  }
  probe.remove()
  return palette
}

/** Each series has its own, for eyes to which colours look alike. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 3],
  [7, 3, 2, 3],
  [12, 4],
  [3, 2],
]
