import { type DnsAdapter, type HostedZone, matchesAll, type RecordSet } from '@dmarc-as-code/dns/apply'
import { zoneFileTxt } from '@dmarc-as-code/records'
import type { Rrset } from '../authority/index.ts'
import { encodeRrset } from '../authority/rdata.ts'
import type { ZonePublisher } from './zone-publisher.ts'

/**
 * Publishes into a zone that a DNS service serves (Route 53, PowerDNS, BIND and Knot by RFC 2136, ...). Reads first and
 * writes only what differs, so doing it again is harmless; reads back, because "no error" does not mean "done".
 */
export function servicePublisher(adapter: DnsAdapter, zoneName: string): ZonePublisher {
  let found: HostedZone | undefined
  // RFC 2136 carries wire data, which this adapter keeps beside the text; there it is what is written and compared.
  const raw = adapter.service === 'rfc2136'
  const options = { ignoreTtl: !adapter.abilities.supportsTtl }
  const same = (wanted: readonly RecordSet[], present: readonly RecordSet[]) =>
    raw ? matchesAll(wanted.map(byWireData), present.map(byWireData), options) : matchesAll(wanted, present, options)

  async function hostedZone(signal: AbortSignal): Promise<HostedZone> {
    found ??= await adapter.findZone(zoneName, { signal })
    if (found?.name === zoneName) return found
    const instead = found ? `; the nearest is ${found.name}` : ''
    found = undefined
    throw new Error(
      `${adapter.label} has no zone ${zoneName}${instead}. Create it, or name another as hostedZone.name.`,
    )
  }

  return {
    async publish(records, signal) {
      const zone = await hostedZone(signal)
      const wanted = records.map(([name, rrsets]) => ({
        name,
        after: rrsets.map((rrset) => recordSet(name, rrset, raw)),
      }))
      const names = wanted.map(({ name }) => name)
      const before = Map.groupBy(await adapter.read(zone, names, { signal }), ({ name }) => name)
      const changes = wanted
        .map(({ name, after }) => ({ name, before: before.get(name) ?? [], after }))
        .filter((change) => !same(change.after, change.before))
      if (changes.length === 0) return
      if (adapter.abilities.canApplyAllAtomically) await adapter.write(zone, changes, { signal })
      else for (const change of inSafeOrder(changes)) await adapter.write(zone, [change], { signal })

      const after = Map.groupBy(await adapter.read(zone, names, { signal }), ({ name }) => name)
      const missing = changes.find((change) => !same(change.after, after.get(change.name) ?? []))
      if (missing) throw new Error(`${adapter.label} took the change of ${missing.name} but does not hold it.`)
    },
  }
}

/** The policy host's address appears before the id that sends people there, and disappears after it. */
function inSafeOrder<Change extends { after: readonly RecordSet[] }>(changes: readonly Change[]): Change[] {
  const removals = changes.filter(({ after }) => after.length === 0)
  return [...changes.filter(({ after }) => after.length > 0), ...removals.reverse()]
}

function recordSet(name: string, rrset: Rrset, raw: boolean): RecordSet {
  if (typeof rrset.type === 'number') throw new Error(`${name}: records of type ${rrset.type} are never hosted.`)
  const set = { name, type: rrset.type, ttl: rrset.ttl, values: values(rrset) }
  return raw ? { ...set, native: encodeRrset(rrset).rdata.map((data) => data.toString('base64')) } : set
}

function byWireData({ name, type, ttl, native }: RecordSet): RecordSet {
  return { name, type, ttl, values: Array.isArray(native) ? native.map(String) : [] }
}

/** Data in zone-file form, names absolute. */
function values(rrset: Exclude<Rrset, { type: number }>): string[] {
  switch (rrset.type) {
    case 'TXT':
      return rrset.data.map(zoneFileTxt)
    case 'MX':
      return rrset.data.map(({ preference, exchange }) => `${preference} ${exchange}.`)
    case 'CAA':
      return rrset.data.map(({ flags = 0, tag, value }) => `${flags} ${tag} "${value}"`)
    case 'SRV':
      return rrset.data.map(({ priority, weight, port, target }) => `${priority} ${weight} ${port} ${target}.`)
    case 'A':
    case 'AAAA':
      return [...rrset.data]
    default:
      return rrset.data.map((host) => `${host}.`)
  }
}
