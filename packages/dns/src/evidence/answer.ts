import { enforcingDmarc } from '@dmarc-as-code/records'
import {
  type BlockerJson,
  blockerJson,
  type DmarcEvidenceJson,
  dmarcEvidenceJson,
  judgeEvidence,
  judgeMtaSts,
  mtaStsEvidenceJson,
  type PublishedPolicy,
  type SourceAnswer,
  type SourceJson,
  sourceJson,
} from '@dmarc-as-code/reports'
import type { EvidenceCollector, FileCounts } from './collect.ts'
import type { EvidenceTarget } from './targets.ts'

export interface EvidenceQuestion {
  domain: string
  target: EvidenceTarget
  answers: ReadonlyMap<string, SourceAnswer>
  presumeRestNotMine: boolean
  parked: boolean
  /** Milliseconds since 1970. */
  now: number
}

/** The answer of the API's evidence route, with its field names, so that one program reads both; `files` is added. */
export interface EvidenceAnswer {
  domain: string
  target: EvidenceTarget
  /** ISO 8601. */
  computed_at: string
  parked: boolean
  ready: boolean
  blockers: BlockerJson<string>[]
  next_record: string | null
  current_policy: PublishedPolicy | null
  reports: { trusted: number; untrusted: number }
  dmarc: DmarcEvidenceJson<SourceJson> | null
  mta_sts: { days: number; reporters: number; failed_sessions: number } | null
  files: FileCounts
}

/** The level above the policy that the newest report saw; that of the first step where there is none. */
export const nextTarget = (policy: PublishedPolicy | null): 'quarantine' | 'reject' =>
  policy === 'quarantine' || policy === 'reject' ? 'reject' : 'quarantine'

/** May the policy be tightened, by the reports of the files? Each of them is taken as genuine. */
export function evidenceAnswer(collected: EvidenceCollector, question: EvidenceQuestion): EvidenceAnswer {
  const { domain, target, answers, presumeRestNotMine, parked, now } = question
  const { counts: files } = collected
  const common = { domain, target, computed_at: new Date(now).toISOString(), parked, next_record: null, files }
  if (target === 'mta_sts_enforce') {
    const evidence = judgeMtaSts(domain, collected.tlsReports, now)
    return {
      ...common,
      ready: evidence.ready,
      blockers: evidence.blockers.map(blockerJson),
      current_policy: null,
      reports: { trusted: collected.tlsReports.length, untrusted: 0 },
      dmarc: null,
      mta_sts: mtaStsEvidenceJson(evidence),
    }
  }
  const { reports, rows, currentPolicy } = collected
  const evidence = judgeEvidence({ domain, reports, rows, answers, presumeRestNotMine, parked, now })
  const { ready, blockers } = evidence.targets[target]
  return {
    ...common,
    ready,
    blockers: blockers.map(blockerJson),
    current_policy: currentPolicy,
    reports: { trusted: reports.length, untrusted: 0 },
    dmarc: dmarcEvidenceJson(evidence, presumeRestNotMine, sourceJson),
    mta_sts: null,
  }
}

/** The record that may be published, of a ready answer; null while blocked, and where the current record is not usable. */
export function withNextRecord(answer: EvidenceAnswer, current: string | null): EvidenceAnswer {
  if (!answer.ready || answer.target === 'mta_sts_enforce' || current === null) return answer
  return { ...answer, next_record: enforcingDmarc(current, answer.target) }
}
