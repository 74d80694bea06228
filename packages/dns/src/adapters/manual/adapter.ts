import { randomBytes } from 'node:crypto'
import { mapLimited } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../../engine/errors.ts'
import { parentOf } from '../../engine/names.ts'
import { matchesAll } from '../../engine/record-sets.ts'
import type { DnsAdapter, RecordSet } from '../../engine/types.ts'
import { adviceFor, instead } from '../../observe/advice.ts'
import { isDefinite } from '../../observe/classify.ts'
import { ZoneLookupError } from '../../observe/find-zone.ts'
import type { Resolver } from '../../observe/resolver.ts'
import type { ResolverRun } from '../../observe/run.ts'
import type { ServerAnswer, Zone } from '../../observe/types.ts'
import { manual } from '../../services/manual.ts'
import { canonicalName } from '../../wire/names.ts'
import type { DnsRecord, DnsRecordType } from '../../wire/types.ts'
import { quoteTxt, withDot } from '../dotted.ts'

// What people put at these names, by hand or by wizard.
const askedTypes: DnsRecordType[] = ['TXT', 'A', 'AAAA', 'MX', 'NS', 'CAA']

/** Sees what the zone's own servers answer, and writes nothing. For services without an API, or without a token for it. */
export function manualAdapter(resolver: Resolver): DnsAdapter {
  return {
    service: 'manual',
    label: 'The DNS',
    abilities: manual.abilities,
    async findZone(name, { signal } = {}) {
      try {
        const zone = await resolver.begin({ signal }).findZone(canonicalName(name))
        return { id: zone.name, name: zone.name, ...(zone.nsNames.length > 0 ? { nameServers: zone.nsNames } : {}) }
      } catch (error) {
        throw unreachable(error)
      }
    },
    async read({ name: zoneName }, names, { signal } = {}) {
      const run = resolver.begin({ signal })
      try {
        const zone = await run.findZone(zoneName)
        return (await mapLimited(names, 4, (name) => readName(run, zone, name))).flat()
      } catch (error) {
        throw unreachable(error)
      }
    },
    async write() {
      throw new DnsServiceError({
        service: 'manual',
        kind: 'refused',
        message: 'These records must be entered by hand.',
        fix: 'Enter the printed lines at the service that hosts the zone.',
      })
    },
  }
}

async function readName(run: ResolverRun, zone: Zone, name: string): Promise<RecordSet[]> {
  const found = await answersAt(run, zone, name)
  // The asterisk asked for literally is the wildcard itself (RFC 4592 section 2.1.1), if there is one.
  if (found.length === 0 || name === zone.name || name.startsWith('*.')) return found
  // What a name nobody has made answers too, a wildcard gave.
  const sibling = `${randomBytes(8).toString('hex')}.${parentOf(name)}`
  const given = (await answersAt(run, zone, sibling)).map((set) => ({ ...set, name }))
  return given.length > 0 && matchesAll(found, given, { ignoreTtl: true }) ? [] : found
}

async function answersAt(run: ResolverRun, zone: Zone, name: string): Promise<RecordSet[]> {
  const alias = await ask(run, zone, name, 'CNAME')
  if (alias.outcome === 'no-such-name') return []
  const cnames = toSets(alias.records, name)
  if (cnames.length > 0) return cnames
  const answers = await Promise.all(askedTypes.map((type) => ask(run, zone, name, type)))
  return answers.flatMap((answer) => toSets(answer.records, name))
}

async function ask(run: ResolverRun, zone: Zone, name: string, type: DnsRecordType): Promise<ServerAnswer> {
  let last: ServerAnswer | undefined
  for (const server of zone.nameServers) {
    const answer = await run.askNameServer({ name, type }, server)
    if (isDefinite(answer) || answer.outcome === 'referral') return answer
    last = answer
  }
  // Where port 53 is blocked, a recursive resolver still answers.
  const recursive = zone.stub ? undefined : await run.askRecursors({ name, type })
  if (recursive && isDefinite(recursive)) return recursive
  const why = last ? instead(last) : 'it has no servers'
  throw new DnsServiceError({
    service: 'manual',
    kind: 'unavailable',
    message: `No server of ${zone.name} says what stands at ${name} (${why}).`,
    fix: adviceFor(last ? [last] : []),
  })
}

function toSets(records: readonly DnsRecord[], name: string): RecordSet[] {
  const here = records.filter((record) => record.name === name && record.type !== 'OTHER' && record.type !== 'SOA')
  return [...Map.groupBy(here, (record) => record.type)].map(([type, group]) => ({
    name,
    type,
    ttl: Math.min(...group.map((record) => record.ttl)),
    values: group.map(textOf).sort(),
  }))
}

function textOf(record: DnsRecord): string {
  switch (record.type) {
    case 'TXT':
      return quoteTxt(record.data)
    case 'MX':
      return `${record.data.preference} ${withDot(record.data.exchange)}`
    case 'CAA':
      return `${record.data.critical ? 128 : 0} ${record.data.tag} "${record.data.value}"`
    case 'A':
    case 'AAAA':
      return record.data
    case 'SOA':
    case 'OTHER':
      return ''
    default:
      return withDot(record.data)
  }
}

function unreachable(error: unknown): unknown {
  if (!(error instanceof ZoneLookupError)) return error
  return new DnsServiceError(
    { service: 'manual', kind: 'unavailable', message: error.message, fix: adviceFor(error.attempts) },
    { cause: error },
  )
}
