import { recordKindTable } from '@dmarc-as-code/records'
import { possibleMove } from './evidence.ts'
import { plural, t, translateIfKnown } from './messages/messages.ts'
import { reportReason } from './messages/report-reason.ts'
import type { DomainSummary, RecordView } from './model.ts'

/** The one thing that is the case with a domain, in a few words; undefined where there is nothing to say. */
export function reasonOf(domain: DomainSummary): string | undefined {
  const { state, records } = domain
  if (records.some((record) => record.dangling !== undefined)) return t('CNAME left behind')
  const hosted = records.filter((record) => record.expected !== undefined)
  if (state === 'attention')
    return problemOf(
      hosted.filter((record) => record.state === 'attention'),
      hosted.length,
    )
  if (state === 'working') {
    const ready = hosted.filter((record) => record.state === 'ready').length
    return hosted.length > 1
      ? plural('{ready} of {count} record ready|{ready} of {count} records ready', hosted.length, { ready })
      : shortOf(hosted[0])
  }
  if (state === 'unknown') return t('Could not be checked')
  return evidenceNote(domain) ?? (domain.parked ? t('parked') : undefined)
}

/** What keeps the policy of a domain where it is; nothing at the strictest, and where no reports are known. */
function evidenceNote(domain: DomainSummary): string | undefined {
  const { state, policy, evidence } = domain
  const target = possibleMove(domain)
  if (target) return t('Ready for {policy}', { policy: target })
  if (state !== 'ready' || policy === undefined || policy === 'reject' || !evidence) return undefined
  const [first] = evidence.blockers
  if (!first) return undefined
  switch (first.code) {
    case 'candidates-unanswered':
      return plural('{count} sender to answer|{count} senders to answer', first.about)
    case 'time-too-short':
      return policy === 'none'
        ? plural('{count} day at none|{count} days at none', evidence.daysAtNone ?? 0)
        : plural('{count} day at quarantine|{count} days at quarantine', evidence.daysAtQuarantine ?? 0)
    default:
      return reportReason('policy_blocker', first.code)?.title
  }
}

function problemOf(records: readonly RecordView[], all: number): string | undefined {
  const [first, ...others] = records
  if (!first) return undefined
  if (others.length > 0)
    return plural('{wrong} of {count} record|{wrong} of {count} records', all, { wrong: records.length })
  const short = shortOf(first)
  // The DMARC record is what people think of first, so only the others are named.
  return first.kind === 'dmarc' ? short : `${recordTitle(first)}: ${short ?? t('Action needed')}`
}

function shortOf(record: RecordView | undefined): string | undefined {
  return record?.short === undefined ? undefined : translateIfKnown(record.short)
}

export function recordTitle({ kind }: Pick<RecordView, 'kind'>): string {
  return translateIfKnown(recordKindTable[kind].title)
}
