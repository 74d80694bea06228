import { plural, t } from '../../shared/messages/messages.ts'
import { reportReason } from '../../shared/messages/report-reason.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { ReportProblemView, ReportsView } from '../../shared/reports.ts'
import { Button } from '../parts/button.tsx'
import { Message } from '../parts/message.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'

interface ReportProblemsProps {
  readonly domain: DomainSummary
  readonly view: ReportsView
  readonly onChanged: () => void
}

/** Reports that do not count: why, where they came from, and what can be done. */
export function ReportProblems({ domain, view: { problems, moreProblems }, onChanged }: ReportProblemsProps) {
  const accept = useRequest('acceptReport')
  const save = useRequest('saveOriginal')
  if (problems.length === 0) return null
  const failed = accept.problem ?? save.problem
  return (
    <section className="card report-problems" aria-labelledby="problems-heading">
      <h2 id="problems-heading">{t('Reports that do not count')}</h2>
      {failed ? <ProblemCard problem={failed} /> : null}
      <ul>
        {problems.map((problem) => (
          <li key={problem.id}>
            <Words problem={problem} />
            <div className="button-row">
              {problem.acceptable ? (
                <Button
                  busy={accept.busy}
                  onPress={async () => {
                    const sent = await accept.send({ key: domain.key, id: problem.id })
                    if (sent.ok) onChanged()
                  }}
                >
                  {t('Accept')}
                </Button>
              ) : null}
              {problem.hasOriginal ? (
                <Button
                  kind="quiet"
                  busy={save.busy}
                  onPress={() => void save.send({ key: domain.key, id: problem.id })}
                >
                  {t('Save the original…')}
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {moreProblems > 0 ? (
        <p className="muted">{plural('{count} more is not shown.|{count} more are not shown.', moreProblems)}</p>
      ) : null}
    </section>
  )
}

function Words({ problem: { code, message, from, at } }: { problem: ReportProblemView }) {
  const reason = reportReason('report_problem', code) ?? reportReason('report_intake', code)
  return (
    <div>
      <p>
        <strong>{reason?.title ?? message}</strong> <Time at={at} />
      </p>
      {from === null ? null : <p className="muted">{t('From {sender}', { sender: from })}</p>}
      {reason ? (
        <p className="muted">
          <Message text={[reason.explanation, reason.fix].filter(Boolean).join(' ')} />
        </p>
      ) : null}
    </div>
  )
}
