import type { ConnectionView } from '../../shared/model.ts'
import { ProblemCard } from '../parts/problem-card.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'

/** Connections that cannot be checked: why, since when, and the way out. */
export function ConnectionProblems({
  connections,
  onGo,
}: {
  connections: readonly ConnectionView[]
  onGo: (page: Page) => void
}) {
  const check = useRequest('checkNow')
  return connections.map((connection) => {
    const { problem } = connection
    if (!problem) return null
    const leads = problem.action === 'enter-token' || problem.action === 'open-settings'
    return (
      <div key={connection.id} className="connection-problem">
        {connections.length > 1 ? <p className="field-help">{connection.title}</p> : null}
        <ProblemCard
          problem={problem}
          busy={check.busy}
          onAction={leads ? () => onGo({ name: 'settings' }) : () => void check.send()}
        />
        {connection.lastSuccessAt ? (
          <p className="field-help">
            <T text="Last successful check {time}" time={<Time at={connection.lastSuccessAt} />} />
          </p>
        ) : null}
      </div>
    )
  })
}
