import { collatorOf } from '../format/collator.js'
import type { I18n } from '../i18n/i18n.js'
import type { FleetFigures } from '../live/fleet-figures.js'
import type { LiveStore } from '../live/live-store.js'
import type { Server } from '../live/server.js'
import { matches } from './match.js'
import { holdOrder, isByFigure, sortServers } from './order.js'
import type { OverviewView } from './view.js'

/** Figures change all the time; what is sorted by them is sorted again this often, milliseconds. */
const figurePace = 5000

/** Which servers are listed, and in what order. */
export interface Listing {
  /**
   * The list is the same object as before unless it has another content.
   *
   * @param inUse someone is in the list, where nothing may move
   */
  update(view: OverviewView, inUse: boolean): readonly string[]
  /** Who was in the list has left it: the next update sorts anew. */
  settle(): void
}

export interface ListingOptions {
  store: Pick<LiveStore, 'servers'>
  figures: Pick<FleetFigures, 'of'>
  i18n: Pick<I18n, 'locale'>
}

export function createListing({ store, figures, i18n }: ListingOptions): Listing {
  let listed: readonly string[] = []
  let listedFor = ''
  let listedAt = Number.NEGATIVE_INFINITY

  /** Those that were listed come first, in their order: to sort what is nearly sorted costs little. */
  function found(view: OverviewView): Server[] {
    const before = listed.flatMap((id) => store.servers.get(id) ?? [])
    const all = new Set([...before, ...store.servers.values()])
    return [...all].filter((server) => matches(server, figures.of(String(server.id)), view))
  }

  return {
    update(view, inUse) {
      const { page: _page, view: _view, ...listedBy } = view
      const wanted = JSON.stringify([listedBy, i18n.locale])
      const isSameList = wanted === listedFor
      const isFresh = isByFigure(view.sort) && performance.now() - listedAt < figurePace
      const servers = found(view)
      const exists = (id: string) => store.servers.has(id)
      let next: string[]
      if (isSameList && (inUse || isFresh)) {
        const ids = servers.map(({ id }) => String(id))
        next = holdOrder(listed, ids, exists)
      } else {
        const sorted = sortServers(servers, figures.of, view, collatorOf(i18n.locale))
        next = sorted.map(({ id }) => String(id))
        listedAt = performance.now()
      }
      listedFor = wanted
      const isSame = next.length === listed.length && next.every((id, at) => id === listed[at])
      if (!isSame) listed = next
      return listed
    },
    settle() {
      listedAt = Number.NEGATIVE_INFINITY
    },
  }
}
