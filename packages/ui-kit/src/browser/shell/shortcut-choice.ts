import { createEmitter, type OnChange } from '../emitter.js'
import { recall, remember } from '../remember.js'

/** Whether single keys do something: they are in the way of those who dictate (WCAG 2.1.4). */
export interface ShortcutChoice {
  readonly enabled: boolean
  choose(enabled: boolean): void
  onChange: OnChange
}

export function createShortcutChoice(): ShortcutChoice {
  const { emit, onChange } = createEmitter()
  let enabled = recall('mon.shortcuts') !== 'off'
  return {
    get enabled() {
      return enabled
    },
    choose(next) {
      enabled = next
      remember('mon.shortcuts', next ? null : 'off')
      emit()
    },
    onChange,
  }
}
