import type { DomainState } from '../../shared/model.ts'
import type { TrayState, TrayView } from '../../shared/tray-state.ts'
import { StateMark } from '../parts/state-mark.tsx'

const marks: Record<TrayState, DomainState> = {
  well: 'ready',
  working: 'working',
  attention: 'attention',
  error: 'attention',
  offline: 'unknown',
  empty: 'unhosted',
}

/** The one sentence the tray icon stands for. */
export function Summary({ tray }: { tray: TrayView }) {
  return (
    <h1 className="summary" aria-live="polite" tabIndex={-1}>
      <StateMark state={marks[tray.state]} bare />
      {tray.summary}
    </h1>
  )
}
