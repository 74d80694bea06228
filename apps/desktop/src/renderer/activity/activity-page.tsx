import { wordList } from '@dmarc-as-code/primitives'
import { History } from 'lucide-react'
import { type ActivityState, type ActivityView, activityTitles } from '../../shared/activity.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'

const shownDomains = 3

const stateTexts: Record<ActivityState, string> = {
  done: 'Done',
  interrupted: 'Interrupted: the app ended during this change',
  undone: 'Undone',
}

/** Everything the app changed, each with its own undo. */
export function ActivityPage({ activity, onBack }: { activity: readonly ActivityView[]; onBack: () => void }) {
  return (
    <PageFrame title="Activity" onBack={onBack}>
      {activity.length === 0 ? (
        <div className="empty">
          <History size={36} strokeWidth={1.5} aria-hidden="true" className="empty-icon" />
          <p>Changes that you make with this app appear here. You can undo them, also after a restart.</p>
        </div>
      ) : (
        <ol className="cards" aria-label="Changes">
          {activity.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </PageFrame>
  )
}

function Entry({ entry }: { entry: ActivityView }) {
  const { id, kind, domains, at, state, undoable, undoing, problem } = entry
  const undo = useRequest('undoActivity')
  const names = wordList(
    domains.map(({ title }) => title),
    { most: shownDomains },
  )
  const failed = undo.problem ?? problem
  return (
    <article className="card" aria-label={`${activityTitles[kind]}: ${names}`}>
      <header>
        <h2>{activityTitles[kind]}</h2>
        <span className="muted">
          <Time at={at} />
        </span>
      </header>
      <p>{names}</p>
      <p className="muted" role="status">
        {undoing ? 'Restoring the previous state…' : stateTexts[state]}
      </p>
      {failed ? <ProblemCard problem={failed} /> : null}
      {undoable ? (
        <div className="button-row">
          <Button busy={undo.busy || undoing} onPress={() => void undo.send({ id })}>
            Undo
          </Button>
        </div>
      ) : null}
    </article>
  )
}
