import { execFileSync } from 'node:child_process'

/**
 * Three network namespaces in a row: server, router, centre. A router that does not forward drops
 * every packet without a word, which is how real links are cut.
 */
export interface Network {
  server: string
  centre: string
  /** Where the server is reached from outside of the namespaces. */
  server_address: string
  centre_address: string
  cut(): void
  mend(): void
  /** Takes the server's way to the centre away, which the kernel then says. */
  withoutRoute(is_gone: boolean): void
  remove(): void
}

export const hasNetworkNamespaces = canMakeNamespaces()

/** @param digit two networks at a time have two */
export function createNetwork(digit: number): Network {
  const name = (what: string) => `mon${process.pid}${what}`
  const [server, router, centre] = [name('s'), name('r'), name('c')]
  const net = (third: number, last: number) => `10.${200 + digit}.${third}.${last}`
  const outside = `mon${process.pid % 100_000}o`

  for (const namespace of [server, router, centre]) {
    ip('netns', 'add', namespace)
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
  }
  link(server, 'router', net(1, 2), router, 'server', net(1, 1))
  link(router, 'centre', net(2, 1), centre, 'router', net(2, 2))
  ip('-n', server, 'route', 'add', `${net(2, 0)}/24`, 'via', net(1, 1))
  ip('-n', centre, 'route', 'add', `${net(1, 0)}/24`, 'via', net(2, 1))
  ip('link', 'add', 'name', outside, 'type', 'veth', 'peer', 'name', 'outside', 'netns', server)
  address(null, outside, net(3, 1))
  address(server, 'outside', net(3, 2))

  function forward(isOn: boolean): void {
    const file = '/proc/sys/net/ipv4/ip_forward'
    execFileSync('ip', ['netns', 'exec', router, 'sh', '-c', `echo ${Number(isOn)} > ${file}`])
  }
  forward(true)

  return {
    server,
    centre,
    server_address: net(3, 2),
    centre_address: net(2, 2),
    cut: () => forward(false),
    mend: () => forward(true),
    withoutRoute(is_gone) {
      const route = [`${net(2, 0)}/24`, 'via', net(1, 1)]
      ip('-n', server, 'route', is_gone ? 'del' : 'add', ...route)
    },
    remove() {
      for (const namespace of [server, router, centre]) ip('netns', 'del', namespace)
    },
  }
}

function link(
  one: string,
  oneLink: string,
  oneIp: string,
  two: string,
  twoLink: string,
  twoIp: string,
) {
  ip(
    '-n',
    one,
    'link',
    'add',
    'name',
    oneLink,
    'type',
    'veth',
    'peer',
    'name',
    twoLink,
    'netns',
    two,
  )
  address(one, oneLink, oneIp)
  address(two, twoLink, twoIp)
}

function address(namespace: string | null, link: string, ipAddress: string): void {
  const where = namespace === null ? [] : ['-n', namespace]
  ip(...where, 'addr', 'add', `${ipAddress}/24`, 'dev', link)
  ip(...where, 'link', 'set', link, 'up')
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

function canMakeNamespaces(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const name = `mon${process.pid}try`
  try {
    const quiet = { stdio: 'ignore' } as const
    execFileSync('ip', ['netns', 'add', name], quiet)
    execFileSync('ip', ['netns', 'del', name], quiet)
    return true
  } catch {
    return false
  }
}
