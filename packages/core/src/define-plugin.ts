import type { Static, TObject } from 'typebox'
import type { AgentContext } from './agent/context.js'
import type { AggregatorContext } from './aggregator/context.js'
import type { AggregatorSide, PluginIdentity, PluginSide } from './plugin/plugin.js'

/**
 * A plugin is data first, so that the host can check it before it runs any of its code,
 * and its code is loaded only on the side that runs it.
 */
export interface Plugin<
  AgentConfig extends TObject = TObject,
  AggregatorConfig extends TObject = TObject,
> extends PluginIdentity {
  agent?: PluginSide<AgentContext<Static<AgentConfig>>, AgentConfig>
  aggregator?: AggregatorSide<AggregatorContext<Static<AggregatorConfig>>, AggregatorConfig>
}

/**
 * Declares a plugin. A plugin package exports the result as its default.
 *
 * @example
 * export default definePlugin({
 *   id: 'open-files',
 *   version: '1.0.0',
 *   api: '^1.0.0',
 *   agent: { load: () => import('./agent.js') },
 * })
 */
export function definePlugin<
  AgentConfig extends TObject = TObject,
  AggregatorConfig extends TObject = TObject,
>(plugin: Plugin<AgentConfig, AggregatorConfig>): Plugin<AgentConfig, AggregatorConfig> {
  return plugin
}
