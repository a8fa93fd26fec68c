/** A sleep that ends early when it is woken, or when nobody wants it any more. */
export function nap(ms: number, signal: AbortSignal): { over: Promise<void>; wake(): void } {
  let wake = () => {}
  const over = new Promise<void>((resolve) => {
    wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(() => wake(), ms)
    signal.addEventListener('abort', wake)
    if (signal.aborted) wake()
  })
  return { over, wake: () => wake() }
}
