import type { ReactNode } from 'react'
import { translateIfKnown } from '../../shared/messages/messages.ts'
import type { HistoryEntry } from '../../shared/model.ts'
import { alertText } from '../../shared/report-alert.ts'
import type { ServiceEvent } from '../../shared/service-history.ts'
import { Message } from './message.tsx'
import { StateMark } from './state-mark.tsx'
import { Time } from './time.tsx'

/** A change of state, or an alert, in a timeline: its mark, what it says, why, and when. */
export function TimelineEntry({ entry, children }: { entry: HistoryEntry; children: ReactNode }) {
  return (
    <li>
      <StateMark state={markOf(entry)} bare />
      <div>
        <p>{children}</p>
        {entry.alert ? <p className="muted">{alertText(entry.alert)}</p> : null}
        {entry.because ? (
          <p className="muted">
            <Message text={translateIfKnown(entry.because)} />
          </p>
        ) : null}
        <p className="muted">
          <Time at={entry.at} />
        </p>
      </div>
    </li>
  )
}

/** Something that the service remembers, in a timeline. */
export function ServiceEntry({ event, children }: { event: ServiceEvent; children: ReactNode }) {
  return (
    <li>
      <StateMark state={event.kind === 'status' ? event.state : 'unhosted'} bare />
      <div>
        <p>{children}</p>
        <p className="muted">
          <Time at={event.at} />
        </p>
      </div>
    </li>
  )
}

function markOf({ alert, to }: HistoryEntry) {
  if (!alert) return to
  return alert.kind === 'can-move' ? 'movable' : 'attention'
}
