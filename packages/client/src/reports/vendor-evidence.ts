import { enforcingDmarc } from '@dmarc-as-code/records'
import {
  blockerJson,
  dmarcEvidenceJson,
  judgeEvidence,
  judgeMtaSts,
  mtaStsEvidenceJson,
  readTlsReport as readTlsJson,
  type SourceEvidence,
  sourceJson,
  type TlsReport,
} from '@dmarc-as-code/reports'
import type { Domain } from '../read/domain.ts'
import type { OwnersWord } from './owners-word.ts'
import { plainHost as plain } from './plain-host.ts'
import type { Evidence, EvidenceTarget, ReportSource, TlsReportEntry } from './types.ts'
import type { ReadReport } from './vendor-rows.ts'

type DomainFacts = Pick<Domain, 'address' | 'parked_domain' | 'current_dmarc_config'>

/** The evidence about mail, computed from reports. */
export function dmarcEvidence(
  target: Exclude<EvidenceTarget, 'mta_sts_enforce'>,
  domain: DomainFacts,
  reports: readonly ReadReport[],
  unread: number,
  word: OwnersWord,
  now: number,
): Evidence {
  const presume = word.presumeRestNotMine ?? false
  const judged = judgeEvidence({
    domain: plain(domain.address),
    reports: reports.map(({ report }) => report),
    rows: reports.flatMap(({ rows }) => rows),
    answers: new Map(Object.entries(word.answers ?? {})),
    presumeRestNotMine: presume,
    parked: domain.parked_domain,
    now,
  })
  const { ready, blockers } = judged.targets[target]
  const newest = reports.reduce<ReadReport | undefined>(
    (latest, each) => (latest && latest.report.end >= each.report.end ? latest : each),
    undefined,
  )
  const live = word.currentRecord ?? domain.current_dmarc_config
  return {
    domain: domain.address,
    target,
    computed_at: new Date(now).toISOString(),
    origin: 'vendor-reports',
    parked: judged.parked,
    ready,
    blockers: blockers.map(blockerJson),
    next_record: ready && live ? enforcingDmarc(live, target) : null,
    current_policy: newest?.report.policy.p ?? null,
    reports: { trusted: reports.length, untrusted: unread },
    dmarc: dmarcEvidenceJson(judged, presume, sourceOf),
    mta_sts: null,
  }
}

const sourceOf = (source: SourceEvidence): ReportSource => ({
  ...sourceJson(source),
  sources: [...source.sources],
  causes: [],
})

/** The evidence about MTA-STS, computed from TLS reports. */
export function mtaStsEvidence(domain: DomainFacts, reports: readonly TlsReport[], now: number): Evidence {
  const evidence = judgeMtaSts(plain(domain.address), reports, now)
  return {
    domain: domain.address,
    target: 'mta_sts_enforce',
    computed_at: new Date(now).toISOString(),
    origin: 'vendor-reports',
    parked: domain.parked_domain,
    ready: evidence.ready,
    blockers: evidence.blockers.map(blockerJson),
    next_record: null,
    current_policy: null,
    reports: { trusted: reports.length, untrusted: 0 },
    dmarc: null,
    mta_sts: mtaStsEvidenceJson(evidence),
  }
}

/** A row as a report of its own: the vendor has one row for each policy. */
export function tlsReportOf(entry: TlsReportEntry, now: number): TlsReport {
  const outcome = entry.raw_json.trim() === '' ? undefined : readTlsJson(entry.raw_json, { now })
  if (outcome?.ok) return outcome.report
  return {
    kind: 'tls',
    organizationName: entry.organization_name,
    dateRange: {
      begin: Math.floor(Date.parse(entry.start_datetime) / 1000),
      end: Math.floor(Date.parse(entry.end_datetime) / 1000),
    },
    contactInfo: entry.contact_info,
    reportId: entry.report_id,
    policies: [
      {
        type: entry.policy_type,
        policyString: entry.policy_string,
        domain: plain(entry.policy_domain),
        mxHosts: [],
        successfulSessions: entry.total_successful_session_count,
        failedSessions: entry.total_failure_session_count,
        failures: (entry.failure_details ?? []).map(({ result_type, failed_session_count }) => ({
          resultType: result_type,
          failedSessions: failed_session_count,
        })),
      },
    ],
  }
}
