import type { AgentContext } from '@mon/core'
import type { AgentConfig } from './config.js'

/** Runs on each server: keeps the tunnel to the centre up. */
export function setup(_ctx: AgentContext<AgentConfig>): void {}
