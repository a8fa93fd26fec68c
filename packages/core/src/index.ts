export { type Static, Type } from 'typebox'
export type { AgentContext, AgentPlugin } from './agent/context.js'
export type { Agent, AgentOptions } from './agent/create-agent.js'
export type { AgentHooks } from './agent/hooks.js'
export type { AggregatorContext, AggregatorPlugin } from './aggregator/context.js'
export type { Aggregator, AggregatorOptions } from './aggregator/create-aggregator.js'
export type { AggregatorHooks, Published, StateEvent } from './aggregator/hooks.js'
export { loadConfig, type RawConfig } from './config/load-config.js'
export { refuseOpenFile } from './config/secret-file.js'
export { createAgent, createAggregator } from './create-host.js'
export type { Database } from './database/database.js'
export type { Migration } from './database/migration.js'
export type {
  DatabaseWorker,
  OpenMethods,
  ReadConnection,
  SqlValue,
} from './database/reader.js'
export { definePlugin, type Plugin } from './define-plugin.js'
export { type ErrorCode, errorCatalogue, MonError, messageOf } from './errors.js'
export type { LiveSeries } from './live/live-series.js'
export { LocalisedText, Metric } from './metrics/metric.js'
export { hourlyColumns } from './metrics/registry.js'
export { type AskAggregator, aggregatorOptions, findAggregator } from './plugin/ask-aggregator.js'
export type { HostAnswer, HostRequest, RunningHost } from './plugin/ask-host.js'
export type { Check, CheckRegistry } from './plugin/check.js'
export type { Command, CommandRegistry } from './plugin/command.js'
export type { HostHooks } from './plugin/hooks.js'
export type { Messages } from './plugin/messages.js'
export type {
  AggregatorSide,
  PluginIdentity,
  PluginModule,
  PluginSide,
} from './plugin/plugin.js'
export type { PluginState, StartReport } from './plugin/report.js'
export type { RoutePlugin } from './plugin/routes.js'
export type { Startable } from './plugin/running.js'
export { type Widget, WidgetManifestEntry, WidgetSlot } from './plugin/widget.js'
export type { RegisteredWidget, WidgetRegistry } from './plugin/widgets.js'
export type { AgentClient } from './polling/agent-client.js'
export { run } from './run.js'
export { Server, ServerEntry, ServerState } from './servers/server.js'
export type { ServerEvent, Servers } from './servers/servers.js'
export type { Collector } from './snapshot/collect.js'
export { createGuard } from './snapshot/guard.js'
export { CollectorHealth, type LatestSnapshot, Snapshot } from './snapshot/snapshot.js'
