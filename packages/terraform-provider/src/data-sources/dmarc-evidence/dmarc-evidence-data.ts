import type { DmarcEvidence, EvidenceTarget } from '@dmarc-as-code/client/reports'
import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { reportedDomain } from '../reported-domain.ts'
import { dmarcEvidenceDataSchema } from './dmarc-evidence-data-schema.ts'

export const dmarcEvidenceData = define.dataSource({
  description:
    'Tells whether the reports of a domain show that its policy can be tightened without losing mail, and what is missing.',
  schema: dmarcEvidenceDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the evidence for ${config.domain_id}`, signal, async () => {
      const { accountId, domainId } = await reportedDomain(api, config, signal)
      const [reports, { sentence }] = await Promise.all([api.reports(), import('../../evidence/gate.ts')])
      const target = config.target as EvidenceTarget
      const evidence = await reports.evidence(accountId, domainId, { target, signal })
      const { ready, blockers, next_record, current_policy, mta_sts } = evidence
      return {
        ready,
        blockers,
        message: ready ? 'Nothing is missing.' : blockers.map(sentence).join('\n'),
        next_record,
        current_policy,
        trusted_reports: evidence.reports.trusted,
        untrusted_reports: evidence.reports.untrusted,
        dmarc: evidence.dmarc && numbersOf(evidence.dmarc),
        mta_sts,
      }
    })
  },
})

function numbersOf({ numbers: { own, ...numbers }, candidates, more_candidates }: DmarcEvidence) {
  return {
    ...numbers,
    messages: own.messages,
    passed: own.passed,
    pass_rate: own.rate,
    dkim_share: own.dkim_share,
    candidates: candidates.map(({ id, name, messages }) => ({ id, name, messages })),
    more_candidates,
  }
}
