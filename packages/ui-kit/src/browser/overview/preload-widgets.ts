import { ui } from '../ui.js'

/** A plugin that is slower than this holds nobody up, milliseconds. */
const patience = 2000

let preloaded: Promise<void> | undefined

/**
 * Fetches the code of the widgets in cards and rows, so that these are drawn with their widgets
 * in them and nothing moves when they come. What fails is told in the widget's own place.
 */
export function preloadWidgets(): Promise<void> {
  preloaded ??= Promise.race([load(), new Promise<void>((done) => setTimeout(done, patience))])
  return preloaded
}

async function load(): Promise<void> {
  try {
    await ui.widgets.load()
  } catch {
    return
  }
  const entries = [...ui.widgets.inSlot('overview.card'), ...ui.widgets.inSlot('overview.cell')]
  await Promise.allSettled(entries.map(({ module }) => import(module)))
}
