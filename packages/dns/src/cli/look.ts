import {
  hostedNames,
  parseDmarc,
  parseMtaStsRecord,
  parseTlsRpt,
  type RecordKind,
  recordKinds,
} from '@dmarc-as-code/records'
import { manualAdapter } from '../adapters/manual/adapter.ts'
import { checkRecords } from '../check/check-records.ts'
import { DnsServiceError } from '../engine/errors.ts'
import { relativeName } from '../engine/names.ts'
import { describeSets } from '../engine/record-sets.ts'
import type { RecordSet, WantedRecord } from '../engine/types.ts'
import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import { discoverZone, type ZoneDiscovery } from '../observe/zone-discovery.ts'
import type { ExpectedRecords } from '../verify/verify-domain.ts'
import { canonicalName } from '../wire/names.ts'

/**
 * What stands at one of a domain's four names. Where a target is expected, the verdict on it (`verified`,
 * `awaiting_setup`, `misconfigured`); otherwise whether anything useful is there (`present`, `missing`, `invalid`).
 */
export interface RecordReport {
  kind: RecordKind
  name: string
  /** As the panel of the zone wants it. */
  relativeName?: string
  status: 'verified' | 'awaiting_setup' | 'misconfigured' | 'present' | 'missing' | 'invalid'
  reason?: string
  found: { type: string; value: string; ttl?: number }[]
  expected?: string
  message: string
  fix?: string
}

export interface DomainReport {
  domain: string
  /** Whether nothing is left to do. */
  ok: boolean
  zone?: string
  nameServers?: string[]
  /** Who hosts the zone, where its name servers tell. */
  service?: { id: string; title: string; adapter?: string }
  /** False when the parent delegates to other servers than the zone names. */
  delegationMatches?: boolean
  records: RecordReport[]
  /** Why the domain could not be looked at. */
  error?: string
}

export interface LookOptions {
  resolver: Resolver
  /** Wanted CNAMEs; those at the domain's names are expected. */
  wanted: readonly WantedRecord[]
  signal: AbortSignal
  clock?: () => number
}

/** Looks at one domain. Rejects only when the signal aborts; what cannot be asked becomes part of the report. */
export async function lookAtDomain(domain: string, options: LookOptions): Promise<DomainReport> {
  const { signal } = options
  // One run for the whole domain: what is learnt about its zone is learnt once.
  const run = options.resolver.begin({ signal })
  const resolver: Resolver = { begin: () => run }
  try {
    const discovery = await discoverZone({ name: domain, resolver, signal })
    const expected = expectedOf(domain, options.wanted)
    const records =
      Object.keys(expected).length > 0
        ? await verdicts(domain, expected, { ...options, resolver })
        : await present(domain, { ...options, resolver })
    const here = records.map((record) => ({ ...record, relativeName: relativeName(record.name, discovery.zone) }))
    return {
      domain,
      ok: here.every(({ status }) => status === 'verified' || status === 'present'),
      ...about(discovery),
      records: here,
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ZoneLookupError || error instanceof DnsServiceError) {
      return { domain, ok: false, records: [], error: error.message }
    }
    throw error
  }
}

function about(discovery: ZoneDiscovery): Partial<DomainReport> {
  const { zone, nsNames, service, delegationMatches } = discovery
  const adapter = service?.adapter
  return {
    zone,
    nameServers: nsNames,
    ...(service ? { service: { id: service.id, title: service.title, ...(adapter ? { adapter } : {}) } } : {}),
    ...(delegationMatches === undefined ? {} : { delegationMatches }),
  }
}

function expectedOf(domain: string, wanted: readonly WantedRecord[]): ExpectedRecords {
  const names = hostedNames(domain)
  const expected: ExpectedRecords = {}
  for (const kind of recordKinds) {
    const record = wanted.find(({ name }) => canonicalName(name) === names[kind])
    if (record) expected[kind] = { target: canonicalName(record.value) }
  }
  return expected
}

async function verdicts(domain: string, expected: ExpectedRecords, options: LookOptions): Promise<RecordReport[]> {
  const { resolver, signal, clock } = options
  const time = clock ? { clock: () => new Date(clock()) } : {}
  const seen = await checkRecords({ domain, expected, resolver, signal, ...time })
  return recordKinds.flatMap((kind): RecordReport[] => {
    const verdict = seen[kind]
    if (!verdict) return []
    return [
      {
        kind,
        name: verdict.name,
        status: verdict.status,
        ...(verdict.reason ? { reason: verdict.reason } : {}),
        found: verdict.found.map(({ type, value, ttl }) => ({ type, value, ...(ttl === undefined ? {} : { ttl }) })),
        expected: verdict.expected.target,
        message: verdict.message,
        ...(verdict.fix ? { fix: verdict.fix } : {}),
      },
    ]
  })
}

async function present(domain: string, { resolver, signal }: LookOptions): Promise<RecordReport[]> {
  const adapter = manualAdapter(resolver)
  const names = hostedNames(domain)
  return Promise.all(
    recordKinds.map(async (kind): Promise<RecordReport> => {
      const name = names[kind]
      const zone = await adapter.findZone(name, { signal })
      const sets = zone ? await adapter.read(zone, [name], { signal }) : []
      const found = sets.flatMap(({ type, ttl, values }) => values.map((value) => ({ type, value, ttl })))
      return { kind, name, found, ...judge(kind, sets) }
    }),
  )
}

function judge(kind: RecordKind, sets: readonly RecordSet[]): Pick<RecordReport, 'status' | 'message'> {
  if (sets.length === 0) return { status: 'missing', message: 'Nothing is there.' }
  if (sets.some((set) => set.type === 'CNAME')) return { status: 'present', message: `${describeSets(sets)} is there.` }
  if (kind === 'mta_sts_policy') {
    const addressed = sets.some((set) => set.type === 'A' || set.type === 'AAAA')
    return addressed
      ? { status: 'present', message: 'A host of its own serves the policy.' }
      : { status: 'missing', message: `${describeSets(sets)} is there, but no CNAME and no address.` }
  }
  const texts = sets.filter((set) => set.type === 'TXT').flatMap((set) => set.values.map(unquote))
  const parse = { dmarc: parseDmarc, mta_sts_id: parseMtaStsRecord, tls_rpt: parseTlsRpt }[kind]
  const parsed = texts.map((text) => parse(text))
  const good = parsed.find(({ ok }) => ok)
  if (good) return { status: 'present', message: 'A record of its own stands there.' }
  const problem = parsed[0]?.errors[0]?.message
  return problem
    ? { status: 'invalid', message: problem }
    : { status: 'missing', message: `${describeSets(sets)} is there, but no TXT.` }
}

const unquote = (value: string) =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) => part.replace(/\\(.)/g, '$1')).join('')
