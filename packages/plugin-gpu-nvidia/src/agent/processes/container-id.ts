/**
 * The container that a process runs in, from its `/proc/<pid>/cgroup`: the first 12 digits of the
 * id, as `docker ps` shows it, or the name of an LXC container. null: none.
 */
export function containerOf(cgroup: string): string | null {
  const id = /(?:^|[/:_-])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m.exec(cgroup)?.[1]
  if (id !== undefined) return id.slice(0, 12)
  return /\/(?:lxc\.payload\.|lxc\/)([^/\n]+)/.exec(cgroup)?.[1] ?? null
}
