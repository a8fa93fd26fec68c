/** Figures of repetitions, in short: the median, and what lies around it. */
export interface Figure {
  median: number
  min: number
  max: number
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const middle = (sorted.length - 1) / 2
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  }
}

/** `1.23 (1.10–1.40)` */
export function format({ median, min, max }: Figure): string {
  return `${round(median)} (${round(min)}–${round(max)})`
}

/** Three figures, as many as the spread of such measurements allows. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** One line for each aim: reached or not. */
export function printAim(what: string, value: number, must: number, stretch: number): void {
  const verdict = value <= stretch ? 'stretch reached' : value <= must ? 'reached' : 'NOT REACHED'
  console.log(`${what}: ${round(value)} (must ≤ ${must}, stretch ≤ ${stretch}): ${verdict}`)
}
