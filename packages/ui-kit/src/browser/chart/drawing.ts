import type uPlot from 'uplot'
import type { ChartColumn, ChartRange, ChartSeries } from './chart-data.js'
import type { Palette } from './palette.js'

export interface DrawnGap extends ChartRange {
  /** Written into it where there is room. */
  label: string
}

/** Hatches a stretch of time in which something is not known. */
export function drawGap(
  u: uPlot,
  { from, to, label }: DrawnGap,
  { grid, label: ink, font }: Pick<Palette, 'grid' | 'label' | 'font'>,
): void {
  const { ctx, bbox } = u
  const left = Math.max(bbox.left, u.valToPos(from, 'x', true))
  const right = Math.min(bbox.left + bbox.width, u.valToPos(to, 'x', true))
  if (right <= left) return
  const step = 5 * devicePixelRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, bbox.top, right - left, bbox.height)
  ctx.clip()
  ctx.beginPath()
  // From a fixed origin, so that the pattern stands still while the gap moves through it.
  const first = Math.floor((left - bbox.height) / step) * step
  for (let x = first; x < right; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height)
    ctx.lineTo(x + bbox.height, bbox.top)
  }
  ctx.strokeStyle = grid
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.stroke()
  ctx.font = font.replace(/^[\d.]+/, (size) => String(Number(size) * devicePixelRatio))
  if (ctx.measureText(label).width < right - left - 8 * devicePixelRatio) {
    ctx.fillStyle = ink
    ctx.textAlign = 'center'
    ctx.textBaseline = 'bottom'
    ctx.fillText(label, (left + right) / 2, bbox.top + bbox.height - 4 * devicePixelRatio)
  }
  ctx.restore()
}

/** Fills from the least to the greatest value, where they differ. */
export function drawBand(
  u: uPlot,
  ts: readonly number[],
  { values, min = values, max = values }: ChartSeries,
  fill: string,
): void {
  const { ctx, bbox } = u
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = fill
  for (const { start, end } of stretches(min, max)) {
    ctx.beginPath()
    for (let index = start; index < end; index += 1) ctx.lineTo(...place(max, index))
    for (let index = end - 1; index >= start; index -= 1) ctx.lineTo(...place(min, index))
    ctx.fill()
  }
  ctx.restore()

  function place(column: ChartColumn, index: number): [number, number] {
    const x = u.valToPos(ts[index] ?? 0, 'x', true)
    return [x, u.valToPos(column[index] ?? 0, 'y', true)]
  }
}

/** Runs of known points that have a width somewhere; `end` is excluded. */
function* stretches(min: ChartColumn, max: ChartColumn): Generator<{ start: number; end: number }> {
  let start = 0
  let isWide = false
  for (let index = 0; index <= min.length; index += 1) {
    const least = min[index]
    const greatest = max[index]
    if (typeof least === 'number' && typeof greatest === 'number') {
      isWide ||= least < greatest
      continue
    }
    if (isWide) yield { start, end: index }
    start = index + 1
    isWide = false
  }
}
