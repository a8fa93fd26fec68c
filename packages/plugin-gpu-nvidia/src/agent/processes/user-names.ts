import { readFileSync, statSync } from 'node:fs'

/** The names in a passwd file, by user id. */
export function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name = '', , uid = ''] = line.split(':')
    // The first one counts, as it does for the system.
    if (name !== '' && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name)
  }
  return names
}

/**
 * Names of users. One that the file does not know, as where users come from LDAP, is called by
 * its number, as `ps` does.
 */
export function createUserNames(file = '/etc/passwd'): (uid: number) => string {
  let names = new Map<number, string>()
  let readAt = Number.NaN

  function refresh(): void {
    try {
      const changed = statSync(file).mtimeMs
      if (changed === readAt) return
      names = parsePasswd(readFileSync(file, 'utf8'))
      readAt = changed
    } catch {
      // Without the file there are numbers.
    }
  }

  return (uid) => {
    refresh()
    return names.get(uid) ?? String(uid)
  }
}
