import { formatFamily, type MetricFamily, type Sample } from './exposition.js'
import type { Metric } from './metric.js'

/** A declared metric as Prometheus shows it, in base units. */
export interface DeclaredFamily extends MetricFamily {
  name: string
  toBaseUnit(value: number): number
}

interface BaseUnit {
  /** What the name may end with already, and need not say twice. */
  ending: RegExp
  suffix: string
  toBaseUnit(value: number): number
}

const same = (value: number) => value

const baseUnits: Record<Metric['unit'], BaseUnit> = {
  percent: {
    ending: /_(pct|percent|ratio)$/,
    suffix: '_ratio',
    toBaseUnit: (value) => value / 100,
  },
  mebibytes: {
    ending: /_(mb|mib|mebibytes|bytes)$/,
    suffix: '_bytes',
    toBaseUnit: (value) => value * 1024 * 1024,
  },
  bytes_per_second: {
    ending: /_(bps|bytes_per_second)$/,
    suffix: '_bytes_per_second',
    toBaseUnit: same,
  },
  celsius: { ending: /_(c|celsius)$/, suffix: '_celsius', toBaseUnit: same },
  watts: { ending: /_(w|watts)$/, suffix: '_watts', toBaseUnit: same },
  seconds: { ending: /_(s|seconds)$/, suffix: '_seconds', toBaseUnit: same },
  // Prometheus keeps these endings for counters and histograms.
  count: { ending: /_(total|count|sum|bucket)$/, suffix: '', toBaseUnit: same },
}

/** A snapshot, and the labels of the server it is of. */
export interface LabelledFields {
  labels: string
  fields: Readonly<Record<string, unknown>> | undefined
}

/** The family of a declared metric as text, with one sample for each server that has a value. */
export function formatDeclared(
  metric: Metric,
  servers: readonly LabelledFields[],
): Generator<string> {
  const family = declaredFamily(metric)
  return formatFamily(family.name, family, samplesOf(servers, metric.field ?? metric.name, family))
}

/** `cpu_pct` in percent becomes `mon_cpu_ratio`, from 0 to 1. */
export function declaredFamily({ name, unit, label }: Metric): DeclaredFamily {
  const { ending, suffix, toBaseUnit } = baseUnits[unit]
  return {
    name: `mon_${name.replace(ending, '')}${suffix}`,
    type: 'gauge',
    help: label.en,
    toBaseUnit,
  }
}

function* samplesOf(
  servers: readonly LabelledFields[],
  field: string,
  { toBaseUnit }: DeclaredFamily,
): Generator<Sample> {
  for (const { labels, fields } of servers) {
    const value = fields?.[field]
    if (typeof value === 'number') yield { labels, value: toBaseUnit(value) }
  }
}
