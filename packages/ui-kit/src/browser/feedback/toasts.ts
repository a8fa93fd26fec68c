import { createEmitter, type OnChange, type Unsubscribe } from '../emitter.js'

export interface ToastOptions {
  kind: 'success' | 'error'
  message: string
  /** Machine text to copy. */
  detail?: string
}

/** Something that takes long, and what can be done about it; it stays until it is dismissed. */
export interface PendingToast {
  kind: 'pending'
  message: string
  action: { label: string; run(): void }
}

export type Toast = (ToastOptions | PendingToast) & { id: number }

export interface Toasts {
  /** At most three, newest last. */
  readonly list: readonly Toast[]
  /** @returns dismisses it */
  show(options: ToastOptions | PendingToast): Unsubscribe
  dismiss(id: number): void
  onChange: OnChange
}

const atMost = 3

export function createToasts(): Toasts {
  const { emit, onChange } = createEmitter()
  let list: Toast[] = []
  let lastId = 0

  function dismiss(id: number): void {
    if (!list.some((toast) => toast.id === id)) return
    list = list.filter((toast) => toast.id !== id)
    emit()
  }

  return {
    get list() {
      return list
    },
    show(options) {
      lastId += 1
      const id = lastId
      if (list.length === atMost) list = withoutLeastNeeded(list)
      list = [...list, { ...options, id }]
      emit()
      return () => dismiss(id)
    },
    dismiss,
    onChange,
  }
}

/** A success goes before an error that nobody may have read yet. */
function withoutLeastNeeded(list: readonly Toast[]): Toast[] {
  const leaving = list.find(({ kind }) => kind === 'success') ?? list[0]
  return list.filter((toast) => toast !== leaving)
}
