import { createGuard } from '@mon/core'
import { GpuInfo } from '../gpu-info.js'

const isCard = createGuard(GpuInfo)
const fieldGuards = Object.entries(GpuInfo.properties).map(
  ([field, schema]) => [field, createGuard(schema)] as const,
)

/**
 * The cards of a snapshot from outside, each checked on its own: what is of the wrong type is
 * null and said among the card's errors; what has no index is no card.
 */
export function checkCards(received: unknown): GpuInfo[] | null {
  if (!Array.isArray(received)) return null
  return received.flatMap((card) => (isCard(card) ? [card] : repair(card)))
}

function repair(received: unknown): GpuInfo[] {
  if (typeof received !== 'object' || received === null) return []
  const card: Record<string, unknown> = { ...received }
  const wrong = fieldGuards.flatMap(([field, fits]) =>
    card[field] === undefined || fits(card[field]) ? [] : [field],
  )
  for (const field of wrong) card[field] = null
  card.errors = [
    ...(Array.isArray(card.errors) ? card.errors : []),
    { code: 'invalid', message: `Of the wrong type: ${wrong.join(', ')}` },
  ]
  return isCard(card) ? [card] : []
}
