import type { ReactNode } from 'react'
import { translateIfKnown } from '../../shared/messages/messages.ts'
import type { HistoryEntry } from '../../shared/model.ts'
import { Message } from './message.tsx'
import { StateMark } from './state-mark.tsx'
import { Time } from './time.tsx'

/** A change of state in a timeline: its mark, what it says, why, and when. */
export function TimelineEntry({ entry, children }: { entry: HistoryEntry; children: ReactNode }) {
  return (
    <li>
      <StateMark state={entry.to} bare />
      <div>
        <p>{children}</p>
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
