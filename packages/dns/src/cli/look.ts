import { randomBytes } from 'node:crypto'
import { hostedNames, type RecordKind, recordKinds, recordKindTable } from '@dmarc-as-code/records'
import { reasonText } from '@dmarc-as-code/records/reasons'
import { quoteTxt, withDot } from '../adapters/dotted.ts'
import { manualAdapter } from '../adapters/manual/adapter.ts'
import { lookAtRecords } from '../check/check-records.ts'
import { DnsServiceError } from '../engine/errors.ts'
import { relativeName } from '../engine/names.ts'
import type { WantedRecord } from '../engine/types.ts'
import { LookBudget } from '../observe/budget.ts'
import { askedServer, classify, isDefinite } from '../observe/classify.ts'
import { ZoneLookupError } from '../observe/find-zone.ts'
import type { Resolver } from '../observe/resolver.ts'
import type { ResolverRun } from '../observe/run.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { discoverZone, type ZoneDiscovery } from '../observe/zone-discovery.ts'
import type { PolicyFetcher } from '../verify/policy-fetch.ts'
import type { CnameVerdict } from '../verify/types.ts'
import type { ExpectedRecords } from '../verify/verify-domain.ts'
import { canonicalName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import type { DnsMessage } from '../wire/types.ts'
import type { FleetZones } from './fleet-zones.ts'
import { glimpseOrLookUp, viewPolicy, viewText } from './receiver-view.ts'

/**
 * What stands at one of a domain's four names. Where a target is expected, the verdict on it (`verified`,
 * `awaiting_setup`, `misconfigured`); otherwise whether anything useful is there (`present`, `missing`,
 * `invalid`). Both are judged by what receivers come to see; `unknown` is what could not be looked up.
 */
export interface RecordReport {
  kind: RecordKind
  name: string
  /** As the panel of the zone wants it. */
  relativeName?: string
  status: 'verified' | 'awaiting_setup' | 'misconfigured' | 'present' | 'missing' | 'invalid' | 'unknown'
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

/** A report with the answer it rests on, where that says what receivers see. */
type SeenRecord = RecordReport & { answer?: ServerAnswer }

export interface LookOptions {
  resolver: Resolver
  /** Shared by the domains of a fleet. */
  zones?: FleetZones | undefined
  /** Wanted CNAMEs by their canonical names; those at the domain's names are expected. */
  wanted: ReadonlyMap<string, WantedRecord>
  /** Fetches policy files; undefined to leave them out. */
  policies: PolicyFetcher | undefined
  signal: AbortSignal
  clock?: () => number
}

/** Milliseconds for one domain. Where port 53 is blocked, every server is waited for before resolvers are asked. */
const patience = 60_000

/** Looks at one domain. Rejects only when the signal aborts; what cannot be asked becomes part of the report. */
export async function lookAtDomain(domain: string, options: LookOptions): Promise<DomainReport> {
  const { signal } = options
  // One run for the whole domain: what is learnt about its zone is learnt once.
  const budget = new LookBudget({ names: recordKinds.length, timeout: patience })
  const run = options.resolver.begin({ signal, budget })
  const resolver: Resolver = { begin: () => run }
  const expected = expectedOf(domain, options.wanted)
  try {
    // Where the zone is known beforehand, both looks go on at once, unless the one tells what the other would ask.
    const glancing = Object.keys(expected).length === 0 ? await glanceAt(domain, run, options) : undefined
    const discovering = discover(glancing?.beneath)
    const records = run.stubFor(domain)
      ? await Promise.all([discovering, look(glancing?.records)]).then(([, seen]) => seen)
      : undefined
    const discovery = await discovering
    const { unregistered } = discovery
    if (unregistered !== undefined) return notRegistered(domain, unregistered, discovery.zone, options.wanted)
    const here = (records ?? (await look())).map((record) => ({
      ...record,
      relativeName: relativeName(record.name, discovery.zone),
    }))
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

  async function discover(beneath?: ServerAnswer): Promise<ZoneDiscovery> {
    return (await options.zones?.find(domain, run, beneath)) ?? discoverZone({ name: domain, resolver, signal })
  }

  async function look(glanced?: SeenRecord[]): Promise<RecordReport[]> {
    const seen: SeenRecord[] =
      Object.keys(expected).length > 0
        ? await verdicts(domain, expected, run, { ...options, resolver })
        : (glanced ?? (await present(domain, { ...options, resolver })))
    return Promise.all(seen.map(({ answer, ...record }) => withReceiverView(domain, record, answer, run, options)))
  }
}

function notRegistered(
  domain: string,
  unregistered: string,
  zone: string,
  wanted: LookOptions['wanted'],
): DomainReport {
  const { explanation: message, fix } = reasonText('cname', 'domain-unregistered', {
    name: unregistered,
    zone: zone || 'the root zone',
  })
  const names = hostedNames(domain)
  const records = recordKinds.map((kind): RecordReport => {
    const expected = wanted.get(names[kind])?.value
    const status = expected === undefined ? 'missing' : 'awaiting_setup'
    const base = { kind, name: names[kind], found: [], message, fix, reason: 'domain-unregistered' }
    return { ...base, status, ...(expected === undefined ? {} : { expected: canonicalName(expected) }) }
  })
  return { domain, ok: false, records }
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

function expectedOf(domain: string, wanted: ReadonlyMap<string, WantedRecord>): ExpectedRecords {
  const names = hostedNames(domain)
  const expected: ExpectedRecords = {}
  for (const kind of recordKinds) {
    const record = wanted.get(names[kind])
    if (record) expected[kind] = { target: canonicalName(record.value) }
  }
  return expected
}

/** Judges a record that seems all right by what receivers see behind it. */
async function withReceiverView(
  domain: string,
  record: RecordReport,
  answer: ServerAnswer | undefined,
  run: ResolverRun,
  { policies, signal }: LookOptions,
): Promise<RecordReport> {
  if (record.status !== 'verified' && record.expected !== undefined) return record
  if (record.kind === 'mta_sts_policy' && !policies) return record
  const view =
    record.kind === 'mta_sts_policy'
      ? await viewPolicy(domain, run, policies as PolicyFetcher, signal)
      : await viewText(record.kind, domain, run, { answer, target: record.expected })
  const found = record.found.length > 0 ? record.found : view.texts.map((value) => ({ type: 'TXT', value }))
  const { reason: _, fix: __, ...kept } = record
  const { status, reason, fix } = view
  const message =
    status === 'present' && record.found.length === 0 ? 'A wildcard record answers for this name.' : view.message
  const more = { found, ...(reason ? { reason } : {}), ...(fix ? { fix } : {}) }
  if (record.expected === undefined) return { ...kept, ...more, status, message }
  if (status === 'present') return { ...record, found }
  // The CNAME is right, and what it leads to is not: with a target, `missing` is a fault as well.
  return { ...kept, ...more, status: status === 'unknown' ? 'unknown' : 'misconfigured', message }
}

async function verdicts(
  domain: string,
  expected: ExpectedRecords,
  run: ResolverRun,
  options: LookOptions,
): Promise<SeenRecord[]> {
  const { resolver, signal, clock } = options
  const time = clock ? { clock: () => new Date(clock()) } : {}
  const seen = await lookAtRecords({ domain, expected, resolver, signal, ...time })
  return recordKinds.flatMap((kind): SeenRecord[] => {
    const verdict = seen.verdicts[kind]
    if (!verdict) return []
    const answer = wholeAnswer(run, verdict, seen.messages[kind])
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
        ...(answer ? { answer } : {}),
      },
    ]
  })
}

/** A message about a name that also holds the text behind its CNAME, where the server asked is the target's as well. */
function wholeAnswer(run: ResolverRun, { name, expected }: CnameVerdict, message: DnsMessage | undefined) {
  const [here, there] = [run.stubFor(name), run.stubFor(expected.target)]
  const server = here?.servers[0]
  if (!message || !server || here.servers !== there?.servers) return undefined
  if (recordsOfType(message.answers, 'TXT', expected.target).length === 0) return undefined
  return classify(message, { name, type: 'TXT' }, askedServer(server, 'authoritative'))
}

/**
 * What stands at the names of a domain in a stub zone, one question a name; undefined where a wildcard may have answered or
 * a server did not, and a closer look is needed.
 */
async function glanceAt(
  domain: string,
  run: ResolverRun,
  { policies }: LookOptions,
): Promise<{ records: SeenRecord[]; beneath: ServerAnswer } | undefined> {
  if (!run.stubFor(domain)) return undefined
  const names = hostedNames(domain)
  const sibling = { name: `${randomBytes(8).toString('hex')}.${domain}`, type: 'TXT' } as const
  const [wild, ...answers] = await Promise.all([
    run.glimpse(sibling),
    ...recordKinds.map((kind) => lookAt(names[kind], recordKindTable[kind].content === 'txt' ? 'TXT' : 'A')),
  ])
  if (wild?.outcome !== 'no-such-name') return undefined
  // Behind a CNAME, what could not be asked is part of the report.
  if (
    answers.some(
      (answer, index) => !isDefinite(answer) && foundAt(names[recordKinds[index] as RecordKind], answer).length === 0,
    )
  ) {
    return undefined
  }
  const records = recordKinds.map((kind, index): SeenRecord => {
    const [name, answer] = [names[kind], answers[index] as ServerAnswer]
    const found = foundAt(name, answer)
    const unfetched = kind === 'mta_sts_policy' && !policies && found.length > 0
    return {
      kind,
      name,
      found,
      status: unfetched ? 'present' : 'missing',
      message: unfetched ? 'The policy file was not fetched.' : 'Nothing is there.',
      ...(recordKindTable[kind].content === 'txt' ? { answer } : {}),
    }
  })
  return { records, beneath: wild }

  async function lookAt(name: string, type: 'TXT' | 'A'): Promise<ServerAnswer> {
    const answer = await glimpseOrLookUp(run, name, type)
    return type === 'A' && answer.outcome === 'no-such-record' && foundAt(name, answer).length === 0
      ? run.lookUp({ name, type: 'AAAA' })
      : answer
  }
}

function foundAt(name: string, { records }: ServerAnswer): RecordReport['found'] {
  return [
    ...recordsOfType(records, 'CNAME', name).map(({ type, data, ttl }) => ({ type, value: withDot(data), ttl })),
    ...recordsOfType(records, 'TXT', name).map(({ type, data, ttl }) => ({ type, value: quoteTxt(data), ttl })),
    ...recordsOfType(records, 'A', name).map(({ type, data, ttl }) => ({ type, value: data, ttl })),
    ...recordsOfType(records, 'AAAA', name).map(({ type, data, ttl }) => ({ type, value: data, ttl })),
  ]
}

async function present(domain: string, { resolver, signal, policies }: LookOptions): Promise<RecordReport[]> {
  const adapter = manualAdapter(resolver)
  const names = hostedNames(domain)
  return Promise.all(
    recordKinds.map(async (kind): Promise<RecordReport> => {
      const name = names[kind]
      const zone = await adapter.findZone(name, { signal })
      const sets = zone ? await adapter.read(zone, [name], { signal }) : []
      const found = sets.flatMap(({ type, ttl, values }) => values.map((value) => ({ type, value, ttl })))
      // What is not looked at any closer (a policy host without a fetch) is judged by its being there.
      const addressed = sets.some(({ type }) => type === 'A' || type === 'AAAA' || type === 'CNAME')
      const unfetched = kind === 'mta_sts_policy' && !policies
      return {
        kind,
        name,
        found,
        status: unfetched && addressed ? 'present' : 'missing',
        message: unfetched && addressed ? 'The policy file was not fetched.' : 'Nothing is there.',
      }
    }),
  )
}
