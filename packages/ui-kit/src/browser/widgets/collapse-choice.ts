import { createEmitter, type OnChange } from '../emitter.js'
import { recall, remember } from '../remember.js'

/** Which kinds of widget this user wants in short: one that is folded on a card is so on all. */
export interface CollapseChoice {
  isCollapsed(tag: string): boolean
  collapse(tag: string, collapsed: boolean): void
  onChange: OnChange
}

export function createCollapseChoice(): CollapseChoice {
  const { emit, onChange } = createEmitter()
  const collapsedTags = new Set(recall('mon.collapsed')?.split(' '))

  return {
    isCollapsed: (tag) => collapsedTags.has(tag),
    collapse(tag, collapsed) {
      if (collapsedTags.has(tag) === collapsed) return
      if (collapsed) collapsedTags.add(tag)
      else collapsedTags.delete(tag)
      remember('mon.collapsed', [...collapsedTags].join(' ') || null)
      emit()
    },
    onChange,
  }
}
