export type Unsubscribe = () => void

/** Calls back on every change, until the returned function is called. */
export type OnChange = (callback: () => void) => Unsubscribe

export interface Emitter {
  onChange: OnChange
  emit(): void
}

export function createEmitter(): Emitter {
  const callbacks = new Set<() => void>()
  return {
    onChange(callback) {
      callbacks.add(callback)
      return () => callbacks.delete(callback)
    },
    emit() {
      for (const callback of [...callbacks]) callback()
    },
  }
}
