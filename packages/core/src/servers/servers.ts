import type { Server } from './server.js'

/** The fleet, as plugins see it. */
export interface Servers {
  list(): Server[]
  get(id: number): Server | undefined
}
