import { plural, t } from '../../shared/messages/messages.ts'
import { reportReason } from '../../shared/messages/report-reason.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { FailingSource, SourceCause } from '../../shared/reports.ts'
import { DnsText } from '../parts/dns-text.tsx'
import { Message } from '../parts/message.tsx'

/** Own sources of which mail fails: why, and what to do. */
export function FailingSources({ domain, sources }: { domain: DomainSummary; sources: readonly FailingSource[] }) {
  if (sources.length === 0) return null
  return (
    <section className="card failing-sources" aria-labelledby="failing-heading">
      <h2 id="failing-heading">{t('Why your mail fails')}</h2>
      <ul>
        {sources.map(({ id, name, messages, passed, causes }) => (
          <li key={id}>
            <p>
              <strong>
                <DnsText text={name} />
              </strong>{' '}
              <span className="muted">
                {plural('{failed} of {count} message fails|{failed} of {count} messages fail', messages, {
                  failed: messages - passed,
                })}
              </span>
            </p>
            {causes.map((cause) => (
              <Cause key={cause.cause} cause={cause} domain={domain} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Cause({ cause: { cause, about }, domain }: { cause: SourceCause; domain: DomainSummary }) {
  const reason = reportReason('failure_cause', cause, { found: about[0], domain: domain.address })
  if (!reason) return null
  return (
    <p>
      <Message text={reason.explanation} />{' '}
      <span className="muted">
        <Message text={reason.fix} />
      </span>
    </p>
  )
}
