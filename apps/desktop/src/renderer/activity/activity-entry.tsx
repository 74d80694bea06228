import { useState } from 'react'
import { type ActivityState, type ActivityView, activityTitle } from '../../shared/activity.ts'
import { listOf } from '../../shared/messages/lists.ts'
import { t } from '../../shared/messages/messages.ts'
import { WeakeningReason } from '../apply/weakening-reason.tsx'
import { Button } from '../parts/button.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { isReason } from '../parts/reason-field.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'
import { PendingEndText } from './pending-end-text.tsx'

const shownDomains = 3

/** One change, with its own undo. */
export function ActivityEntry({ entry, isBelowHeading = false }: { entry: ActivityView; isBelowHeading?: boolean }) {
  const Heading = isBelowHeading ? 'h3' : 'h2'
  const { id, kind, domains, at, state, undoable, undoing, problem, reason, acceptedRisk, endsAt } = entry
  const undo = useRequest('undoActivity')
  const names = listOf(
    domains.map(({ title }) => title),
    shownDomains,
  )
  const [consent, setConsent] = useState('')
  const failed = undo.problem ?? problem
  const asksWhy = failed?.code === 'would-weaken'
  return (
    <article className="card" aria-label={`${activityTitle(kind)}: ${names}`}>
      <header>
        <Heading>{activityTitle(kind)}</Heading>
        <span className="muted">
          <Time at={at} />
        </span>
      </header>
      <p>{names}</p>
      {reason ? <p>{t('Reason for weakening: {reason}', { reason })}</p> : null}
      {acceptedRisk ? <p>{t('Risk accepted: {reason}', { reason: acceptedRisk })}</p> : null}
      <p className="muted" role="status">
        {undoing ? (
          t('Restoring the previous state…')
        ) : endsAt ? (
          <PendingEndText kind={kind} endsAt={endsAt} />
        ) : (
          stateText(state)
        )}
      </p>
      {failed ? <ProblemCard problem={failed} /> : null}
      {undoable && asksWhy ? <WeakeningReason value={consent} onChange={setConsent} /> : null}
      {undoable ? (
        <div className="button-row">
          <Button
            busy={undo.busy || undoing}
            disabled={asksWhy && !isReason(consent)}
            onPress={() => void undo.send({ id, reason: asksWhy ? consent.trim() : '' })}
          >
            {asksWhy ? t('Undo all the same') : t('Undo')}
          </Button>
        </div>
      ) : null}
    </article>
  )
}

function stateText(state: ActivityState): string {
  switch (state) {
    case 'done':
      return t('Done')
    case 'interrupted':
      return t('Interrupted: the app ended during this change')
    case 'undone':
      return t('Undone')
  }
}
