import { type DnsAdapter, DnsServiceError, type HostedZone, matchesAll, type RecordSet } from '@dmarc-as-code/dns/apply'
import { rdataText } from '@dmarc-as-code/dns/wire'
import type { Rrset } from '../authority/index.ts'
import { encodeRrset } from '../authority/rdata.ts'
import { found, notKnown } from '../current/found.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'
import type { ComparableZone, ZonePublisher } from './zone-publisher.ts'

export interface ServicePublisher extends ZonePublisher, ComparableZone {
  /** Rejects where the service cannot be reached, or does not give the zone. */
  ready(signal: AbortSignal): Promise<void>
}

/**
 * Publishes into a zone served by a DNS service (Route 53, PowerDNS, BIND or Knot by RFC 2136, ...). Reads first and
 * writes only what differs, so it is idempotent; reads back, because "no error" does not mean "done".
 */
export function servicePublisher(adapter: DnsAdapter, zoneName: string): ServicePublisher {
  let known: HostedZone | undefined
  // The RFC 2136 adapter keeps wire data beside the text; that is what is written and compared.
  const raw = adapter.service === 'rfc2136'
  const options = { ignoreTtl: !adapter.abilities.supportsTtl }
  const same = (wanted: readonly RecordSet[], present: readonly RecordSet[]) =>
    raw ? matchesAll(wanted.map(byWireData), present.map(byWireData), options) : matchesAll(wanted, present, options)

  async function hostedZone(signal: AbortSignal): Promise<HostedZone> {
    known ??= await adapter.findZone(zoneName, { signal })
    if (known?.name === zoneName) return known
    const instead = known ? `; the nearest is ${known.name}` : ''
    known = undefined
    throw new Error(
      `${adapter.label} has no zone ${zoneName}${instead}. Create it, or set hostedZone.name to an existing zone.`,
    )
  }

  const recordSets = (records: readonly NamedRrsets[]) =>
    records.map(([name, rrsets]) => ({ name, after: rrsets.map((rrset) => recordSet(name, rrset, raw)) }))

  return {
    async ready(signal) {
      await adapter.read(await hostedZone(signal), [zoneName], { signal })
    },

    async compare(records, signal) {
      const zone = await hostedZone(signal)
      const wanted = recordSets(records)
      const read = await adapter.read(
        zone,
        wanted.map(({ name }) => name),
        { signal },
      )
      const present = Map.groupBy(read, ({ name }) => name)
      return wanted
        .filter(({ name, after }) => !same(after, present.get(name) ?? []))
        .map(({ name, after }) => ({ name, expected: after.map(shown), found: (present.get(name) ?? []).map(shown) }))
    },

    async list(signal) {
      const zone = await hostedZone(signal)
      if (!adapter.list) return notKnown(`${adapter.label} does not list a zone as a whole.`)
      try {
        const sets = Map.groupBy(await adapter.list(zone, { signal }), ({ name }) => name)
        const has = ([name, rrsets]: NamedRrsets) =>
          same(
            rrsets.map((rrset) => recordSet(name, rrset, raw)),
            sets.get(name) ?? [],
          )
        return found({ names: new Map([...sets].map(([name, each]) => [name, each.map(shown)])), has })
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof DnsServiceError) return notKnown(error.message)
        throw error
      }
    },

    async publish(records, { signal, renew }) {
      const zone = await hostedZone(signal)
      const wanted = recordSets(records)
      const names = wanted.map(({ name }) => name)
      const before = Map.groupBy(await adapter.read(zone, names, { signal }), ({ name }) => name)
      const changes = wanted
        .map(({ name, after }) => ({ name, before: before.get(name) ?? [], after }))
        .filter((change) => !same(change.after, change.before))
      if (changes.length === 0) return
      const steps = adapter.abilities.canApplyAllAtomically ? [changes] : inSafeOrder(changes).map((change) => [change])
      for (const step of steps) {
        await renew()
        await adapter.write(zone, step, { signal })
      }

      const after = Map.groupBy(await adapter.read(zone, names, { signal }), ({ name }) => name)
      const missing = changes.find((change) => !same(change.after, after.get(change.name) ?? []))
      if (missing)
        throw new Error(
          `${adapter.label} accepted the change of ${missing.name}, but reading it back shows other records. It is retried.`,
        )
    },
  }
}

/** The policy host's address is added before the id that directs senders to it, and removed after it. */
function inSafeOrder<Change extends { after: readonly RecordSet[] }>(changes: readonly Change[]): Change[] {
  const removals = changes.filter(({ after }) => after.length === 0)
  return [...changes.filter(({ after }) => after.length > 0), ...removals.reverse()]
}

/** Values in zone-file form with absolute names. */
function recordSet(name: string, rrset: Rrset, raw: boolean): RecordSet {
  if (typeof rrset.type === 'number') throw new Error(`${name}: records of type ${rrset.type} cannot be hosted.`)
  const { type, ttl } = rrset
  const { rdata } = encodeRrset(rrset)
  const set = { name, type, ttl, values: rdata.map((data) => rdataText(type, data)) }
  return raw ? { ...set, native: rdata.map((data) => data.toString('base64')) } : set
}

const shown = ({ type, ttl, values }: RecordSet): string => `${ttl} ${type} ${values.join(' ')}`

function byWireData({ name, type, ttl, native }: RecordSet): RecordSet {
  return { name, type, ttl, values: Array.isArray(native) ? native.map(String) : [] }
}
