import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The records of one name and type: `name` without the final dot, `ttl` in seconds, `values` in presentation form. */
export interface ZoneRecords {
  name: string
  type: string
  ttl: number
  values: string[]
  /** What else the service keeps with the records, in its own form. */
  native?: unknown
}

/** A key for transactions (RFC 8945): `algorithm` such as `hmac-sha256`, `secret` in base64. */
export interface TransferKey {
  name: string
  algorithm: string
  secret: string
}

/** A whole zone by transfer with dig, which shares no code with ours. SOA and the records of DNSSEC are left out. */
export async function transferZone(port: number, zone: string, key?: TransferKey): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'dig',
    [
      '@127.0.0.1',
      '-p',
      `${port}`,
      ...(key ? ['-y', `${key.algorithm}:${key.name}:${key.secret}`] : []),
      '+noall',
      '+answer',
      '+onesoa',
      zone,
      'AXFR',
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  const lines = stdout.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
  const kept = lines.filter((line) => line !== '' && !line.startsWith(';'))
  if (kept.length === 0) throw new Error(`the transfer of ${zone} gave nothing: ${stdout}`)
  return kept
    .filter(
      (line) => !/^\S+ \d+ (IN|ANY) (SOA|RRSIG|NSEC|NSEC3|NSEC3PARAM|DNSKEY|CDS|CDNSKEY|TSIG|TYPE65534) /.test(line),
    )
    .sort()
}

/** Record sets as lines of the same form. */
export function linesOf(sets: readonly ZoneRecords[]): string[] {
  return sets.flatMap((set) => set.values.map((value) => `${set.name}. ${set.ttl} IN ${set.type} ${value}`)).sort()
}
