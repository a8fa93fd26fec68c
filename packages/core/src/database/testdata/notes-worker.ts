import type { OpenMethods } from '../reader.js'
import { shout } from './shout.js'

export interface NotesMethods {
  titles(input: { from: number }): string[]
  bytes(input: { size: number }): { body: Uint8Array }
  broken(input: null): unknown
  end(input: null): unknown
  write(input: null): unknown
}

export const open: OpenMethods<NotesMethods> = (connection) => ({
  titles: ({ from }) =>
    connection
      .rows('SELECT title FROM notes WHERE id >= ? ORDER BY id', [from])
      .map(([title]) => shout(String(title))),
  bytes: ({ size }) => ({ body: new Uint8Array(size).fill(7) }),
  broken: () => connection.rows('SELECT colour FROM notes'),
  end: () => process.exit(3),
  write: () => connection.rows("INSERT INTO notes (title) VALUES ('mine') RETURNING id"),
})
