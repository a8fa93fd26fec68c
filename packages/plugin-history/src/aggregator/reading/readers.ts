import type { Database, DatabaseWorker } from '@mon/core'
import type { Changes } from '../store/changes.js'
import type { HistoryReader } from './reader.js'

/** Two threads, so that what takes long keeps nobody waiting who wants a page. */
export interface Readers {
  quick: DatabaseWorker<HistoryReader>
  /** For exports, and for sorts that look at every row. */
  patient: DatabaseWorker<HistoryReader>
}

export function openReaders(database: Pick<Database, 'inWorker'>, changes: Changes): Readers {
  const open = () => {
    const worker = database.inWorker<HistoryReader>(readerUrl())
    let isUsed = false
    changes.listen((from, to) => {
      // One that was never asked knows nothing that could be wrong.
      if (isUsed) worker.call('changed', { from, to }).catch(() => undefined)
    })
    const call: typeof worker.call = (name, input) => {
      isUsed = true
      return worker.call(name, input)
    }
    return { call }
  }
  return { quick: open(), patient: open() }
}

/** The build has it beside the other chunks. */
function readerUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? './reader.ts' : './reader.js', import.meta.url)
}
