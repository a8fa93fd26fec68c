import { readdir, readFile, readlink } from 'node:fs/promises'

/** In /proc/net/tcp: a socket that listens. */
const LISTEN = '0A'

/**
 * Whether a process itself has the port open on 127.0.0.1. That somebody answers there is not enough: it may be a
 * stranger.
 */
export async function isListening(pid: number, port: number): Promise<boolean> {
  const inodes = await listenersOf(port)
  return inodes.size > 0 && hasSocket(pid, inodes)
}

/** Who holds a port, as far as this user may see it: `python3 (pid 4242)`. */
export async function holderOf(port: number): Promise<string | null> {
  const inodes = await listenersOf(port)
  if (inodes.size === 0) return null
  for (const name of await readdir('/proc').catch(() => [])) {
    const pid = Number(name)
    if (Number.isInteger(pid) && (await hasSocket(pid, inodes))) {
      return `${await programOf(pid)} (pid ${pid})`
    }
  }
  return 'a program of another user'
}

/** The inodes of the sockets that listen on a port of 127.0.0.1, or of every address. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/)
    const [address = '', localPort] = local.split(':')
    const isLocal =
      /^(?:0100007F|0+)$/.test(address) || /0000FFFF0000(?:0100007F|0{8})$/.test(address)
    return state === LISTEN && localPort === wanted && isLocal && inode !== undefined ? [inode] : []
  })
}

async function listenersOf(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  )
  return new Set(tables.flatMap((table) => listeningInodes(table, port)))
}

async function hasSocket(pid: number, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  for (const fd of await readdir(folder).catch(() => [])) {
    const link = await readlink(`${folder}/${fd}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1]
    if (inode !== undefined && inodes.has(inode)) return true
  }
  return false
}

async function programOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'unknown')).trim()
}
