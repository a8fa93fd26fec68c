/** The tokens as a canvas takes them; in forced colours all of them are the system's. */
export interface Palette {
  series: readonly string[]
  /** Below a line that stands alone, and between least and greatest; null in forced colours. */
  fills: readonly string[] | null
  /** A series that is one of many. */
  other: string
  grid: string
  label: string
  font: string
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
  const palette = {
    series: tokens.map((token) => resolve(`var(${token})`)),
    fills: matchMedia('(forced-colors: active)').matches
      ? null
      : tokens.map((token) => resolve(`color-mix(in srgb, var(${token}) 12%, transparent)`)),
    other: resolve('var(--line-ctl)'),
    grid: resolve('var(--line)'),
    label: resolve('var(--text-3)'),
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
