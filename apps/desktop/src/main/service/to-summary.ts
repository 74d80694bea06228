import type { CnameRecord, Domain, RecordCheck } from '@dmarc-as-code/client'
import {
  type DmarcPolicy,
  hostedNames,
  parseDmarc,
  parseDomainName,
  type RecordKind,
  recordKinds,
  recordKindTable,
} from '@dmarc-as-code/records'
import { visible } from '../../shared/messages/visible.ts'
import type { DomainSummary, MtaStsPolicyView, RecordView } from '../../shared/model.ts'
import type { Problem } from '../../shared/problems.ts'
import { domainState, recordState } from '../../shared/states.ts'
import { contentText, recordText } from './record-text.ts'

interface DomainFacts {
  readonly domain: Domain
  readonly accountId: number
  readonly hostedDmarc: boolean
  readonly hostedMtaSts: boolean
  readonly cnames: readonly CnameRecord[]
}

/** A domain as listed by the service. */
export function toSummary(connectionId: string, { domain, accountId, ...facts }: DomainFacts): DomainSummary {
  const name = parseDomainName(domain.address)
  const records = recordKinds.map((kind) => listedRecord(kind, domain, facts))
  const mtaSts = domain.mta_sts_policy ? policyView(domain.mta_sts_policy) : undefined
  const checked = records.flatMap((record) => record.askedAt ?? []).sort()
  const record = domain.current_dmarc_config ?? domain.default_dmarc_record
  const policy = policyInForce(records, record)
  return {
    connectionId,
    accountId,
    domainId: domain.id,
    key: `${connectionId}/${accountId}/${domain.id}`,
    address: domain.address,
    title: visible(name.ok ? name.unicode : domain.address),
    slug: domain.slug,
    tags: domain.tags.map(({ id, name, color }) => ({ id, name, color })),
    hostedDmarc: facts.hostedDmarc,
    hostedMtaSts: facts.hostedMtaSts,
    parked: domain.parked_domain,
    reports: { aggregate: domain.rua_report, failure: domain.ruf_report, tls: domain.mta_sts_report === true },
    state: domainState(records),
    records,
    ...(domain.parked_domain_credits === undefined ? {} : { parkedCredits: domain.parked_domain_credits }),
    ...(policy ? { policy } : {}),
    ...(record ? { dmarcRecord: record } : {}),
    ...(domain.default_dmarc_record ? { defaultDmarcRecord: domain.default_dmarc_record } : {}),
    ...(mtaSts ? { mtaSts } : {}),
    ...managedByOf(domain),
    ...(domain.updated_at ? { updatedAt: domain.updated_at } : {}),
    ...(checked[0] ? { checkedAt: checked[0] } : {}),
  }
}

/** An extension of our server: which code keeps the domain. */
function managedByOf({ managed_by: found }: Domain): { managedBy?: string } {
  if (!found) return {}
  return { managedBy: found.label ? `${found.label}, ${found.workspace}` : found.workspace }
}

/** A domain that the service lists but whose details cannot be read: everything about it is unknown. */
export function unreadableSummary(
  connectionId: string,
  domain: Domain,
  accountId: number,
  { title, explanation }: Problem,
): DomainSummary {
  const name = parseDomainName(domain.address)
  return {
    connectionId,
    accountId,
    domainId: domain.id,
    key: `${connectionId}/${accountId}/${domain.id}`,
    address: domain.address,
    title: visible(name.ok ? name.unicode : domain.address),
    slug: domain.slug,
    tags: [],
    hostedDmarc: false,
    hostedMtaSts: false,
    parked: domain.parked_domain,
    state: 'unknown',
    records: recordKinds.map((kind) => ({
      kind,
      name: `${recordKindTable[kind].prefix}.${domain.address}`,
      state: 'unknown',
      why: `The details of this domain could not be read. ${title}: ${explanation}`,
    })),
  }
}

/** The same domain after a verification: the checks replace the listed state. */
export function withChecks(summary: DomainSummary, checks: readonly RecordCheck[]): DomainSummary {
  const records = summary.records.map((record) => {
    const own = checks.filter((check) => check.kind === record.kind)
    return own.length > 0 && record.expected !== undefined ? checkedRecord(record, own) : record
  })
  const checked = records.flatMap((record) => record.askedAt ?? []).sort()
  const { policy: _listed, ...rest } = summary
  const policy = policyInForce(records, summary.dmarcRecord)
  return {
    ...rest,
    records,
    state: domainState(records),
    ...(policy ? { policy } : {}),
    ...(checked[0] ? { checkedAt: checked[0] } : {}),
  }
}

/** What receivers apply: known only where they reach the hosted record. */
function policyInForce(records: readonly RecordView[], hosted: string | null | undefined): DmarcPolicy | undefined {
  const record = records.find(({ kind }) => kind === 'dmarc')
  if (!hosted || record?.status !== 'verified' || record.txt === 'queued') return undefined
  return parseDmarc(hosted).effective?.applied.p
}

function listedRecord(
  kind: RecordKind,
  domain: Domain,
  { hostedDmarc, hostedMtaSts, cnames }: Omit<DomainFacts, 'domain' | 'accountId'>,
): RecordView {
  const name = hostedNames(domain.address)[kind]
  const hosted = recordKindTable[kind].service === 'hosted_dmarc' ? hostedDmarc : hostedMtaSts
  if (!hosted) return { kind, name, state: 'unhosted', why: 'Hosting is off for this record.' }
  const cname = cnames.find((record) => record.kind === kind)
  if (!cname) return { kind, name, state: 'unknown', why: 'The service has not provided a target for this record yet.' }
  const reason = cname.reason ?? undefined
  // A list says nothing of what is behind the CNAME but whether the whole is live.
  const behind = liveness(kind, domain)
  const text =
    (cname.status === 'verified' ? contentText(behind.txt, behind.policyFile) : undefined) ??
    recordText('cname', cname.status, reason, { name: cname.name, target: cname.value })
  return {
    kind,
    name: cname.name,
    expected: cname.value,
    state: recordState({ status: cname.status, reason, ...behind }),
    ...text,
    ...behind,
    ...(cname.status === undefined ? {} : { status: cname.status }),
    ...(reason === undefined ? {} : { reason }),
    ...(cname.checked_at ? { askedAt: cname.checked_at, askedOf: 'the service' } : {}),
  }
}

function liveness(kind: RecordKind, domain: Domain): { txt?: string; policyFile?: string } {
  if (kind === 'dmarc') return domain.dmarc_status === 'dmarc_inactive' ? { txt: 'queued' } : {}
  if (kind !== 'mta_sts_policy') return {}
  if (domain.mta_sts_status === 'mta_sts_active') return { policyFile: 'active' }
  return domain.mta_sts_status === 'mta_sts_inactive' ? { policyFile: 'pending' } : {}
}

function checkedRecord(listed: RecordView, checks: readonly RecordCheck[]): RecordView {
  const part = (name: RecordCheck['part']) => checks.find((check) => check.part === name)
  const cname = part('cname')
  const txt = part('txt')?.status
  const policyFile = part('policy_file')?.status
  const status = cname?.status ?? listed.status
  const telling = checks.find((check) => check.reason) ?? cname
  // A reason of the TXT or the file explains the record only once the CNAME itself is right.
  const spoken = status === 'verified' ? telling : cname
  const reason = spoken?.reason ?? undefined
  const context = { name: listed.name, target: listed.expected, found: spoken?.found ?? undefined }
  const text =
    (status === 'verified' && !reason ? contentText(txt, policyFile) : undefined) ??
    recordText(spoken?.part ?? 'cname', spoken ? spoken.status : status, reason, context)
  const advice = spoken?.fix ?? text.advice
  const visibleBy = checks.find((check) => check.visible_by)?.visible_by
  const askedOf = cname?.asked && cname.asked.length > 0 ? cname.asked.join(', ') : 'the service'
  return {
    kind: listed.kind,
    name: listed.name,
    ...(listed.expected === undefined ? {} : { expected: listed.expected }),
    state: recordState({ status, txt, policyFile, reason }),
    why: text.why,
    ...(text.short ? { short: text.short } : {}),
    ...(advice ? { advice } : {}),
    ...(status === undefined ? {} : { status }),
    ...(txt === undefined ? {} : { txt }),
    ...(policyFile === undefined ? {} : { policyFile }),
    ...(reason === undefined ? {} : { reason }),
    ...(cname?.found ? { found: cname.found } : {}),
    ...(cname?.checked_at ? { askedAt: cname.checked_at } : {}),
    askedOf,
    ...(visibleBy ? { visibleBy } : {}),
  }
}

function policyView(policy: { mode: string; mx: string; mx_age: number }): MtaStsPolicyView {
  const mx = policy.mx.split(',').map((host) => host.trim())
  return { mode: policy.mode, mx: mx.filter(Boolean), days: policy.mx_age }
}
