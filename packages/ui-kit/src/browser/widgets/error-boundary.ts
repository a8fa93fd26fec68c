/**
 * Runs foreign code. What a custom element throws while the page takes it in or puts it out
 * does not reach the caller: the browser reports it on `window`, before the call returns.
 */
export function catchErrors(run: () => void, onError: (error: unknown) => void): void {
  const errors: unknown[] = []
  const onReport = (event: ErrorEvent) => {
    event.preventDefault()
    errors.push(event.error)
  }
  window.addEventListener('error', onReport)
  try {
    run()
  } catch (error) {
    errors.push(error)
  } finally {
    window.removeEventListener('error', onReport)
  }
  if (errors.length > 0) onError(errors[0])
}

/** An element of lit renders later and whenever it likes; this catches what it throws then. */
export function catchUpdateErrors(element: HTMLElement, onError: (error: unknown) => void): void {
  if (!('performUpdate' in element) || typeof element.performUpdate !== 'function') return
  const performUpdate = element.performUpdate.bind(element)
  element.performUpdate = () => {
    try {
      performUpdate()
    } catch (error) {
      onError(error)
    }
  }
}
