import { useState } from 'react'
import { plural, t } from '../../shared/messages/messages.ts'
import { reportReason } from '../../shared/messages/report-reason.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { type Candidate, type ReportsView, type SourceKind, unanswered } from '../../shared/reports.ts'
import { Button } from '../parts/button.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Message } from '../parts/message.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'

interface CandidatesProps {
  readonly domain: DomainSummary
  readonly view: ReportsView
  readonly onAnswered: () => void
}

/** The few senders that may be the owner's, one click each. All others are nobody's task. */
export function Candidates({ domain, view, onAnswered }: CandidatesProps) {
  const answer = useRequest('answerSource')
  const presume = useRequest('presumeRestNotMine')
  const [answering, setAnswering] = useState<string>()
  const { candidates, moreCandidates, presumesRestNotMine } = view
  const open = unanswered(view).length
  if (candidates.length === 0 && moreCandidates === 0 && !presumesRestNotMine) return null
  const say = async (source: string, kind: SourceKind | null) => {
    setAnswering(source)
    const sent = await answer.send({ key: domain.key, source, kind })
    setAnswering(undefined)
    if (sent.ok) onAnswered()
  }
  const settle = async () => {
    const sent = await presume.send({ key: domain.key, presume: !presumesRestNotMine })
    if (sent.ok) onAnswered()
  }
  const problem = answer.problem ?? presume.problem
  return (
    <section className="card candidates" aria-labelledby="candidates-heading">
      <h2 id="candidates-heading">
        {open > 0 ? plural('{count} sender to answer|{count} senders to answer', open) : t('Every sender is answered')}
      </h2>
      {problem ? <ProblemCard problem={problem} /> : null}
      <ul>
        {candidates.map((candidate) => (
          <li key={candidate.id}>
            <Sender candidate={candidate} domain={domain} />
            <Answer
              candidate={candidate}
              busy={answering === candidate.id}
              onAnswer={(kind) => void say(candidate.id, kind)}
            />
          </li>
        ))}
        {moreCandidates > 0 || presumesRestNotMine ? (
          <li>
            <p className="muted">
              {presumesRestNotMine
                ? t('The smaller senders are presumed not to be yours.')
                : plural('{count} smaller sender|{count} smaller senders', moreCandidates)}
            </p>
            <Button kind="quiet" busy={presume.busy} onPress={() => void settle()}>
              {presumesRestNotMine ? t('Take back') : t('Presume not mine')}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

function Sender({ candidate, domain }: { candidate: Candidate; domain: DomainSummary }) {
  const { name, messages, days, causes } = candidate
  const [first] = causes
  const why = first && reportReason('failure_cause', first.cause, { found: first.about[0], domain: domain.address })
  return (
    <div>
      <p>
        <strong>
          <DnsText text={name} />
        </strong>
      </p>
      <p className="muted">
        {plural('{count} message|{count} messages', messages)} · {plural('on {count} day|on {count} days', days)}
      </p>
      {why ? (
        <p className="muted">
          <Message text={why.explanation} />
        </p>
      ) : null}
    </div>
  )
}

interface AnswerProps {
  readonly candidate: Candidate
  readonly busy: boolean
  readonly onAnswer: (kind: SourceKind | null) => void
}

function Answer({ candidate: { kind, name }, busy, onAnswer }: AnswerProps) {
  if (kind !== null) {
    return (
      <div className="button-row">
        <span>{kind === 'mine' ? t('Yours') : t('Not yours')}</span>
        <Button
          kind="quiet"
          busy={busy}
          label={t('Take back the answer to {sender}', { sender: name })}
          onPress={() => onAnswer(null)}
        >
          {t('Take back')}
        </Button>
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would look like a form
    <div className="button-row" role="group" aria-label={t('Is {sender} yours?', { sender: name })}>
      <Button busy={busy} onPress={() => onAnswer('mine')}>
        {t('Mine')}
      </Button>
      <Button disabled={busy} onPress={() => onAnswer('not_mine')}>
        {t('Not mine')}
      </Button>
    </div>
  )
}
