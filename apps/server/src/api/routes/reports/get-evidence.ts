import { enforcingDmarc } from '@dmarc-as-code/records'
import { blockerJson, dmarcEvidenceJson, mtaStsEvidenceJson, sourceJson } from '@dmarc-as-code/reports'
import { dmarcEvidenceOf, mtaStsEvidenceOf } from '../../../reports/evidence-of.ts'
import { hostedTargets } from '../../../rules/hosted-names.ts'
import type { DomainView } from '../../../store/domains.ts'
import type { Caller } from '../../../store/tokens.ts'
import { domainOf } from '../../access.ts'
import type { ApiContext } from '../../context.ts'
import { domainAnswer } from '../../domain-answer.ts'
import { isoTime } from '../../iso-time.ts'
import { route } from '../../route.ts'

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
      return {
        ...common,
        ready: evidence.ready,
        blockers: evidence.blockers.map(blockerJson),
        next_record: null,
        current_policy: null,
        reports,
        dmarc: null,
        mta_sts: mtaStsEvidenceJson(evidence),
      }
    }
    const { evidence, presumeRestNotMine, currentPolicy, reports } = await dmarcEvidenceOf(store.db, judged, now())
    const { ready, blockers } = evidence.targets[target]
    return {
      ...common,
      ready,
      blockers: blockers.map(blockerJson),
      next_record: ready ? await nextRecord(domain, target, caller, context) : null,
      current_policy: currentPolicy,
      reports,
      dmarc: dmarcEvidenceJson(evidence, presumeRestNotMine, sourceJson),
      mta_sts: null,
    }
  },
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
