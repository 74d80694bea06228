/**
 * An IP address in its canonical form: dotted decimal, or RFC 5952 for IPv6; a v4-mapped address (`::ffff:192.0.2.1`)
 * becomes the IPv4 address it stands for. Undefined where the text is no address. Brackets and a zone id are refused.
 */
export function canonicalIp(text: string): string | undefined {
  if (isIpv4(text)) return text
  const groups = text.includes(':') && text.length <= 45 ? ipv6Groups(text) : undefined
  if (!groups) return undefined
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (!mapped) return formatIpv6(groups)
  const [high, low] = [groups[6] as number, groups[7] as number]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}$/.test(text) && !text.endsWith('.')
}

function ipv6Groups(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => groupsOf(half))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (halves.length === 1) return head.length === 8 ? head : undefined
  const gap = 8 - head.length - (tail as number[]).length
  return gap >= 1 ? [...head, ...new Array<number>(gap).fill(0), ...(tail as number[])] : undefined
}

function groupsOf(half: string): number[] | undefined {
  if (half === '') return []
  const groups: number[] = []
  const pieces = half.split(':')
  for (const [index, piece] of pieces.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(piece)) groups.push(Number.parseInt(piece, 16))
    else if (index === pieces.length - 1 && isIpv4(piece)) {
      const [a, b, c, d] = piece.split('.').map(Number) as [number, number, number, number]
      groups.push(a * 256 + b, c * 256 + d)
    } else return undefined
  }
  return groups
}

function formatIpv6(groups: readonly number[]): string {
  let [start, length] = [-1, 1]
  for (let at = 0; at < 8; at++) {
    let run = 0
    while (at + run < 8 && groups[at + run] === 0) run += 1
    if (run > length) [start, length] = [at, run]
    at += run
  }
  const hex = groups.map((group) => group.toString(16))
  if (start < 0) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}
