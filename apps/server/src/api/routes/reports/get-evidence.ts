import type { WireEvidence } from '@dmarc-as-code/client/contract'
import { enforcingDmarc } from '@dmarc-as-code/records'
import type { Blocker, MtaStsBlocker } from '@dmarc-as-code/reports'
import { dmarcEvidenceOf, mtaStsEvidenceOf } from '../../../reports/evidence-of.ts'
import { hostedTargets } from '../../../rules/hosted-names.ts'
import type { DomainView } from '../../../store/domains.ts'
import type { Caller } from '../../../store/tokens.ts'
import { domainOf } from '../../access.ts'
import type { ApiContext } from '../../context.ts'
import { domainAnswer } from '../../domain-answer.ts'
import { isoTime } from '../../iso-time.ts'
import { route } from '../../route.ts'
import { sourceAnswer } from './source-answer.ts'

export const getEvidence = route('getEvidence', {
  privilege: 'read',
  description:
    'Judges the trusted reports of the last 30 days (60 where there is little mail) by the rules of evidence. `blockers` say what is missing and what to do; `next_record` is the record that may be published.',
  async handle({ caller, params, query }, context) {
    const { store, now } = context
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    const { target } = query
    const judged = { id: domain.id, address: domain.address, parked: domain.parked_domain === 1 }
    const common = { domain: domain.address, target, computed_at: isoTime(now()), parked: judged.parked }
    if (target === 'mta_sts_enforce') {
      const { evidence, reports } = await mtaStsEvidenceOf(store.db, judged, now())
      const { days, reporters, failedSessions } = evidence.numbers
      return {
        ...common,
        ready: evidence.ready,
        blockers: evidence.blockers.map(blockerAnswer),
        next_record: null,
        current_policy: null,
        reports,
        dmarc: null,
        mta_sts: { days, reporters, failed_sessions: failedSessions },
      }
    }
    const { evidence, presumeRestNotMine, currentPolicy, reports } = await dmarcEvidenceOf(store.db, judged, now())
    const { ready, blockers } = evidence.targets[target]
    const { numbers } = evidence
    return {
      ...common,
      ready,
      blockers: blockers.map(blockerAnswer),
      next_record: ready ? await nextRecord(domain, target, caller, context) : null,
      current_policy: currentPolicy,
      reports,
      dmarc: {
        numbers: {
          window_days: numbers.windowDays,
          days_covered: numbers.daysCovered,
          reporters: numbers.reporters,
          newest_days: numbers.newestDays ?? null,
          days_at_none: numbers.daysAtNone,
          days_at_quarantine: numbers.daysAtQuarantine,
          own: {
            messages: numbers.own.messages,
            passed: numbers.own.passed,
            rate: numbers.own.rate ?? null,
            dkim_share: numbers.own.dkimShare ?? null,
          },
          expected_loss: numbers.expectedLoss,
        },
        sources: evidence.sources.map(sourceAnswer),
        foreign: evidence.foreign,
        candidates: evidence.candidates.map(sourceAnswer),
        more_candidates: evidence.moreCandidates,
        presume_rest_not_mine: presumeRestNotMine,
        subdomains: evidence.subdomains.map(({ headerFrom, messages, passed }) => ({
          header_from: headerFrom,
          messages,
          passed,
        })),
      },
      mta_sts: null,
    }
  },
})

const blockerAnswer = ({
  code,
  found,
  expected,
  fix,
  about,
}: Blocker | MtaStsBlocker): WireEvidence['blockers'][0] => ({
  code,
  found,
  expected,
  fix,
  about: [...about],
})

/** The hosted record, else the live one, with the policy of the target. */
async function nextRecord(
  domain: DomainView,
  target: 'quarantine' | 'reject',
  caller: Caller,
  { zone, current, looks }: ApiContext,
): Promise<string | null> {
  const hosted = domainAnswer(domain, zone).current_dmarc_config
  if (hosted !== null) return enforcingDmarc(hosted, target)
  const live = await looks.run(caller.tokenId, `${domain.address} evidence`, () =>
    current.dmarc(domain.address, hostedTargets(domain.key, zone.zone).dmarc),
  )
  return live.known && live.value.own ? enforcingDmarc(live.value.own.text, target) : null
}
