import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import type { EvidenceTarget } from '../../evidence/evidence-answer.ts'
import { reportedDomain } from '../reported-domain.ts'
import { dmarcEvidenceDataSchema } from './dmarc-evidence-data-schema.ts'

export const dmarcEvidenceData = define.dataSource({
  description:
    'Whether the reports of a domain show that its policy can be tightened without losing mail, and what is missing. Requires a server that evaluates reports.',
  schema: dmarcEvidenceDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the evidence for ${config.domain_id}`, signal, async () => {
      const [domain, { evidenceFor }, { sentence }] = await Promise.all([
        reportedDomain(api, config, signal),
        import('../../evidence/ask-reports.ts'),
        import('../../evidence/gate.ts'),
      ])
      const evidence = await evidenceFor(api, domain, config.target as EvidenceTarget, signal)
      const message = evidence.ready ? 'Nothing is missing.' : evidence.blockers.map(sentence).join('\n')
      return { ...evidence, message: message || 'The server does not say what is missing.' }
    })
  },
})
