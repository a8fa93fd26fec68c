import { isIP } from 'node:net'

/**
 * What limits are counted by. Whoever has one IPv6 address usually has its whole /64, so all of
 * it counts as one. What a proxy gives in the place of an address, and is none, counts as one too.
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  switch (isIP(mapped)) {
    case 4:
      return mapped
    case 6:
      return `${prefixOf(mapped)}::/64`
    default:
      return 'unknown'
  }
}

/** The first four of the eight groups. */
function prefixOf(address: string): string {
  const [bare = ''] = address.split('%')
  const [left = [], right] = bare.split('::').map(groups)
  const zeros = right === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array(zeros).fill('0'), ...(right ?? [])].slice(0, 4).join(':')
}

function groups(text: string): string[] {
  if (text === '') return []
  // An IPv4 address at the end stands for two groups.
  return text
    .replace(/\d+\.\d+\.\d+\.\d+$/, '0:0')
    .split(':')
    .map((group) => Number.parseInt(group, 16).toString(16))
}
