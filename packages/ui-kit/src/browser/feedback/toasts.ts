import { createEmitter, type OnChange } from '../emitter.js'

export interface ToastOptions {
  kind: 'success' | 'error'
  message: string
  /** Machine text to copy. */
  detail?: string
}

export interface Toast extends ToastOptions {
  id: number
}

export interface Toasts {
  /** At most three, newest last. */
  readonly list: readonly Toast[]
  show(options: ToastOptions): void
  dismiss(id: number): void
  onChange: OnChange
}

export function createToasts(): Toasts {
  const { emit, onChange } = createEmitter()
  let list: Toast[] = []
  let lastId = 0

  return {
    get list() {
      return list
    },
    show(options) {
      lastId += 1
      list = [...list, { ...options, id: lastId }].slice(-3)
      emit()
    },
    dismiss(id) {
      list = list.filter((toast) => toast.id !== id)
      emit()
    },
    onChange,
  }
}
