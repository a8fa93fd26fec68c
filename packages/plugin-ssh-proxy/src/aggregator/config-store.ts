import { createHash } from 'node:crypto'
import { createGuard, type Database, MonError } from '@mon/core'
import { ProxyConfig } from '../proxy-config.js'

/** The column `proxy_config` of the table `servers`; the rest of the table is core's. */
interface ServersTable {
  id: number
  /** JSON */
  proxy_config: string | null
}

export interface SavedConfig {
  /** null: none was ever saved. */
  config: ProxyConfig | null
  /** Another one for every other content, as in the header of this name. */
  etag: string
}

/**
 * The configurations of all tunnels. Every reading asks the database, so that several aggregators
 * can share one.
 */
export interface ConfigStore {
  /**
   * @param ifMatch the `If-Match` of a request: what is saved must still be what its sender has seen
   * @throws MonError SERVER_NOT_FOUND, PRECONDITION_FAILED
   */
  read(serverId: number, ifMatch?: string): Promise<SavedConfig>
  /** Of the servers that have one, by id. */
  all(): Promise<Map<number, ProxyConfig>>
  /** As `read`; of two who saw the same, one is told that he came second. */
  save(serverId: number, config: ProxyConfig, ifMatch?: string): Promise<SavedConfig>
}

export function createConfigStore(database: Database): ConfigStore {
  const db = database.query<{ servers: ServersTable }>()

  async function readText(serverId: number): Promise<string | null> {
    const row = await db
      .selectFrom('servers')
      .select('proxy_config')
      .where('id', '=', serverId)
      .executeTakeFirst()
    if (row === undefined) {
      throw new MonError('SERVER_NOT_FOUND', `There is no server with id ${serverId}.`)
    }
    return row.proxy_config
  }

  return {
    async read(serverId, ifMatch) {
      const found = saved(await readText(serverId))
      throwUnlessMatching(ifMatch, found)
      return found
    },

    async all() {
      const rows = await db
        .selectFrom('servers')
        .select(['id', 'proxy_config'])
        .where('proxy_config', 'is not', null)
        .execute()
      return new Map(
        rows.flatMap(({ id, proxy_config }): [number, ProxyConfig][] => {
          const config = parse(proxy_config)
          return config === null ? [] : [[id, config]]
        }),
      )
    },

    async save(serverId, config, ifMatch) {
      const before = await readText(serverId)
      throwUnlessMatching(ifMatch, saved(before))
      const after = JSON.stringify(config)
      const result = await db
        .updateTable('servers')
        .set({ proxy_config: after })
        .where('id', '=', serverId)
        // In the statement itself: of two editors who saw the same, one is told.
        .$if(ifMatch !== undefined, (update) =>
          update.where('proxy_config', before === null ? 'is' : '=', before),
        )
        .executeTakeFirst()
      if (result.numUpdatedRows === 0n) throw changedMeanwhile()
      return saved(after)
    },
  }
}

function saved(text: string | null): SavedConfig {
  const digest = createHash('sha256')
    .update(text ?? '')
    .digest('base64url')
  return { config: parse(text), etag: `"${digest.slice(0, 16)}"` }
}

const isConfig = createGuard(ProxyConfig)

/** A row that someone edited by hand is as good as none. */
function parse(text: string | null): ProxyConfig | null {
  try {
    const config: unknown = JSON.parse(text ?? 'null')
    return isConfig(config) ? config : null
  } catch {
    return null
  }
}

/** @param ifMatch `*`, or a list of tags */
function throwUnlessMatching(ifMatch: string | undefined, { etag }: SavedConfig): void {
  if (ifMatch === undefined) return
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (!tags.includes('*') && !tags.includes(etag)) throw changedMeanwhile()
}

function changedMeanwhile(): MonError {
  return new MonError(
    'PRECONDITION_FAILED',
    'The configuration of this tunnel has been changed since it was read.',
    { hint: 'Read it again, and send the change again.' },
  )
}
