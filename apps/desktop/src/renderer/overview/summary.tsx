import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainState } from '../../shared/model.ts'
import type { TrayState } from '../../shared/tray-state.ts'
import { StateMark } from '../parts/state-mark.tsx'
import { T } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'

const marks: Record<TrayState, DomainState> = {
  well: 'ready',
  working: 'working',
  attention: 'attention',
  error: 'attention',
  offline: 'unknown',
  empty: 'unhosted',
}

/** The one sentence the tray icon stands for, and how old it is. */
export function Summary({ state: { tray, connections } }: { state: AppState }) {
  const oldest = connections.map(({ lastSuccessAt }) => lastSuccessAt ?? '').sort()[0]
  return (
    <div className="summary-block">
      <h1 className="summary" aria-live="polite" tabIndex={-1}>
        <StateMark state={marks[tray.state]} bare />
        {tray.summary}
      </h1>
      {connections.length > 0 ? (
        <p className="muted summary-age">
          {oldest ? <T text="Checked {time}" time={<Time at={oldest} />} /> : t('Not checked yet')}
        </p>
      ) : null}
    </div>
  )
}
