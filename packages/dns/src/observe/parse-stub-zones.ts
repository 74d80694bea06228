import { isIP, isIPv4 } from 'node:net'
import { DnsInputError } from '../errors.ts'
import { canonicalName } from '../wire/names.ts'
import type { StubZone } from './types.ts'

/**
 * Stub zones from a setting: `example.test=192.0.2.1:5353`, `example.test=[2001:db8::1]:53`. The port may be left out, the zone
 * may be `.`; the same zone named twice has two servers. Fails with a `DnsInputError`, which does not quote the setting.
 */
export function parseStubZones(texts: readonly string[]): StubZone[] {
  const byZone = Map.groupBy(texts.map(parseStubZone), (stub) => stub.zone)
  return [...byZone].map(([zone, stubs]) => ({ zone, servers: stubs.flatMap((stub) => stub.servers) }))
}

function parseStubZone(text: string): StubZone {
  const match = /^([^=\s]+)=(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(text)
  const address = match?.[2] ?? match?.[3] ?? ''
  const port = match?.[4] === undefined ? undefined : Number(match[4])
  const bracketed = match?.[2] !== undefined
  if (!match || !isIP(address) || isIPv4(address) === bracketed || (port !== undefined && (port < 1 || port > 65535))) {
    throw new DnsInputError(
      'A stub zone cannot be read; expected ZONE=ADDRESS or ZONE=ADDRESS:PORT, such as example.test=127.0.0.1:5353.',
    )
  }
  const zone = match[1] === '.' ? '.' : canonicalName(match[1] ?? '')
  return { zone, servers: [{ address, ...(port === undefined ? {} : { port }) }] }
}
