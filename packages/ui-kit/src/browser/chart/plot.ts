import uPlot from 'uplot'
import type { Formatters } from '../format/formatters.js'
import { axisLabels, axisTicks } from './axis-labels.js'
import { type ChartRange, type ChartView, colourLimit } from './chart-data.js'
import { type DrawnGap, drawBand, drawGap } from './drawing.js'
import { axisEnd } from './nice-max.js'
import { dashes, readPalette } from './palette.js'
import { timeLabels } from './time-labels.js'

/** The drawing of a chart: uPlot with our axes, gaps and colours. */
export interface Plot {
  show(view: PlotView): void
  /** Puts the cursor at a point, and that of all charts of the group. */
  moveTo(index: number | null): void
  /** Of many series, the one that is coloured. */
  highlight(series: number | null): void
  /** The theme has changed. */
  recolour(): void
  destroy(): void
}

export interface PlotView extends ChartView {
  gaps: readonly DrawnGap[]
  fmt: Formatters
  locale: string
  timeZone: string | undefined
}

export interface PlotOptions {
  /** Charts of one group share their cursor. */
  group: string
  /** CSS pixels. */
  height: number
  /** The index of the point under the cursor. */
  onCursor(index: number | null): void
  onHighlight(series: number | null): void
  onZoom(range: ChartRange | null): void
}

export function createPlot(element: HTMLElement, view: PlotView, options: PlotOptions): Plot {
  const { group, height, onCursor, onHighlight, onZoom } = options
  let shown = view
  let end = endOf(view)
  let palette = readPalette(element)
  let highlighted: number | null = null
  const isMany = view.data.series.length > colourLimit

  const colourOf = (index: number) => {
    if (!isMany) return palette.series[index] ?? palette.other
    return index === highlighted ? (palette.series[0] ?? palette.other) : palette.other
  }

  const plot = new uPlot(
    {
      width: element.clientWidth,
      height,
      padding: [8, 6, 0, 0],
      legend: { show: false },
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), shown.timeZone ?? localZone),
      scales: {
        x: { time: true, range: () => [shown.from, shown.to] },
        y: { range: () => [0, end] },
      },
      series: [
        {},
        ...view.data.series.map((_, index) => ({
          stroke: () => colourOf(index),
          width: isMany ? hairWidth : lineWidth,
          dash: isMany ? [] : [...(dashes[index] ?? [])],
          ...(view.data.series.length === 1 && { fill: () => palette.fills?.[0] ?? 'transparent' }),
          points: { show: false, filter: isolated, size: 4 },
        })),
      ],
      axes: [
        {
          stroke: () => palette.label,
          font: palette.font,
          size: 26,
          gap: 4,
          space: 64,
          grid: { show: false },
          ticks: { show: false },
          values: (_, splits) => timeLabels(splits, shown.locale, shown.timeZone),
        },
        {
          stroke: () => palette.label,
          font: palette.font,
          gap: 6,
          size: (_, labels) => Math.max(36, 10 + 6.5 * longest(labels)),
          splits: () => axisTicks(end, height),
          grid: { stroke: () => palette.grid, width: 1 },
          ticks: { show: false },
          values: (_, ticks) => axisLabels(ticks, shown.unit, shown.fmt),
        },
      ],
      focus: { alpha: 1 },
      cursor: {
        y: false,
        points: isMany ? { show: false } : { size: 8, width: 1.5, stroke: () => palette.surface },
        focus: { prox: isMany ? 16 : -1 },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: {
          dblclick: () => () => {
            onZoom(null)
            return null
          },
        },
        sync: { key: group, filters: { pub: isHover, sub: isHover } },
      },
      hooks: {
        drawAxes: [drawBehind],
        setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
        setSeries: [
          (_, series) => {
            if (!isMany) return
            colour(series === null ? null : series - 1)
            onHighlight(highlighted)
          },
        ],
        setSelect: [
          ({ select, posToVal }) => {
            if (select.width <= 0) return
            const from = posToVal(select.left, 'x')
            const to = posToVal(select.left + select.width, 'x')
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            onZoom({ from, to })
          },
        ],
      },
    },
    columns(view),
    element,
  )

  /** Behind the lines: what is missing, and from the least to the greatest. */
  function drawBehind(u: uPlot): void {
    for (const gap of shown.gaps) drawGap(u, gap, palette)
    for (const [index, series] of shown.data.series.entries()) {
      if (isMany && index !== highlighted) continue
      const fill = palette.bands?.[isMany ? 0 : index]
      const hasBand = series.min !== undefined || series.max !== undefined
      if (hasBand && fill !== undefined) drawBand(u, shown.data.ts, series, fill)
    }
  }

  /** Of many, the one that stands out. */
  function colour(series: number | null): void {
    highlighted = series
    for (const [index, line] of plot.series.entries()) {
      line.width = index - 1 === series ? lineWidth : hairWidth
    }
    plot.redraw(false)
  }

  const observer = new ResizeObserver(() => {
    const width = element.clientWidth
    if (width > 0 && width !== plot.width) plot.setSize({ width, height })
  })
  observer.observe(element)

  return {
    show(next) {
      shown = next
      end = endOf(next)
      plot.setData(columns(next))
    },
    moveTo(index) {
      const at = index === null ? undefined : shown.data.ts[index]
      const { clientWidth, clientHeight } = plot.over
      const left = at === undefined ? -10 : plot.valToPos(at, 'x')
      const top = at === undefined ? -10 : clientHeight / 2
      plot.setCursor({ left, top })
      // The others look for the time, for their axes may begin elsewhere.
      if (plot.cursor.sync) plot.cursor.sync.values = [plot.posToVal(left, 'x'), 0]
      uPlot.sync(group).pub('mousemove', plot, left, top, clientWidth, clientHeight, index ?? -1)
    },
    highlight(series) {
      if (series !== highlighted) colour(series)
    },
    recolour() {
      palette = readPalette(element)
      plot.redraw(false)
    },
    destroy() {
      observer.disconnect()
      plot.destroy()
    },
  }
}

const lineWidth = 1.6
/** Of many lines: any wider, and a machine without a GPU takes ten times as long to draw them. */
const hairWidth = 1

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Dragging is left out: a range is chosen in one chart, and its page zooms them all. */
function isHover(type: string): boolean {
  return type === 'mousemove' || type === 'mouseleave'
}

function columns({ data }: ChartView): uPlot.AlignedData {
  return [[...data.ts], ...data.series.map(({ values }) => [...values])]
}

/** Of the points that are shown: what was zoomed away does not press the rest flat. */
function endOf({ data: { ts, series }, unit, from, to }: ChartView): number {
  let greatest = 0
  for (const { values, max = values } of series) {
    for (let index = 0; index < ts.length; index += 1) {
      const at = ts[index] ?? 0
      if (at >= from && at <= to) greatest = Math.max(greatest, max[index] ?? 0)
    }
  }
  return axisEnd(unit, greatest)
}

/** A point between two gaps makes no line: it is drawn as a dot. */
function isolated({ data }: uPlot, series: number): number[] | null {
  const values = data[series] ?? []
  const found: number[] = []
  for (let index = 0; index < values.length; index += 1) {
    const isAlone = values[index - 1] == null && values[index + 1] == null
    if (values[index] != null && isAlone) found.push(index)
  }
  return found.length > 0 ? found : null
}

function longest(labels: readonly string[] | null): number {
  return Math.max(0, ...(labels ?? []).map(({ length }) => length))
}
