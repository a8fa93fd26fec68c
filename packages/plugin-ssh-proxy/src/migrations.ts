import type { Migration } from '@mon/core'

/** Beside the server that it is of; version 1.0 had no tunnels. */
export const addProxyConfig: Migration = {
  id: '001-proxy-config',
  version: '1.1',
  up: ['ALTER TABLE servers ADD COLUMN proxy_config TEXT'],
  down: ['ALTER TABLE servers DROP COLUMN proxy_config'],
}
