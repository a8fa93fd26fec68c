import type { GpuInfo } from '../gpu-info.js'
import type { AggregatorConfig } from './config.js'

/** Above which temperature a card is hot, °C: its own limit, else its model's, else the common one. */
export function hotLimit(
  { hot_c, hot_c_by_model, hot_c_by_card }: AggregatorConfig,
  { uuid, name }: Pick<GpuInfo, 'uuid' | 'name'>,
): number {
  const own = Object.entries(hot_c_by_card).find(([card]) => card === uuid)
  const models = Object.entries(hot_c_by_model)
    .filter(([model]) => name?.toLowerCase().includes(model.toLowerCase()))
    // "H100 PCIe" says more than "H100".
    .sort(([a], [b]) => b.length - a.length)
  return own?.[1] ?? models[0]?.[1] ?? hot_c
}
