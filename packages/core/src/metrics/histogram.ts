import { formatLabels, type Sample } from './exposition.js'

/** How many observations were at most as great as each bound. */
export interface Histogram {
  observe(value: number): void
  samples(): Sample[]
}

/** @param bounds ascending; what is greater than the last counts too */
export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = bounds.map(() => 0)
  let total = 0
  let sum = 0
  return {
    observe(value) {
      const bucket = bounds.findIndex((bound) => value <= bound)
      const count = counts[bucket]
      if (count !== undefined) counts[bucket] = count + 1
      total += 1
      sum += value
    },
    samples() {
      let below = 0
      const buckets = counts.map((count, index) => {
        below += count
        return bucketSample(bounds[index] ?? Number.POSITIVE_INFINITY, below)
      })
      return [
        ...buckets,
        bucketSample('+Inf', total),
        { labels: '', value: sum, suffix: '_sum' },
        { labels: '', value: total, suffix: '_count' },
      ]
    },
  }
}

function bucketSample(le: number | '+Inf', value: number): Sample {
  return { labels: formatLabels({ le }), value, suffix: '_bucket' }
}
