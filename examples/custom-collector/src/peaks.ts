import { type Database, type Static, Type } from '@mon/core'

/** The most files that a server has been seen to hold open, and when (epoch seconds). */
export const Peak = Type.Object({
  server_id: Type.Integer(),
  open_files: Type.Integer(),
  ts: Type.Integer(),
})
export type Peak = Static<typeof Peak>

export interface Peaks {
  /** Reads what earlier runs have stored. */
  load(): Promise<void>
  /** Stores the peak, if it is one. */
  note(peak: Peak): Promise<void>
  /** Highest first. */
  list(): Promise<Peak[]>
}

export function createPeaks(database: Database): Peaks {
  const db = database.query<{ open_files_peaks: Peak }>()
  const highest = new Map<number, number>()

  return {
    async load() {
      const rows = await db.selectFrom('open_files_peaks').selectAll().execute()
      for (const { server_id, open_files } of rows) highest.set(server_id, open_files)
    },
    async note(peak) {
      if (peak.open_files <= (highest.get(peak.server_id) ?? -1)) return
      await db
        .insertInto('open_files_peaks')
        .values(peak)
        .onConflict((conflict) => conflict.column('server_id').doUpdateSet(peak))
        .execute()
      highest.set(peak.server_id, peak.open_files)
    },
    list: () =>
      db.selectFrom('open_files_peaks').selectAll().orderBy('open_files', 'desc').execute(),
  }
}
