import { useEffect, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary, HistoryEntry } from '../../shared/model.ts'
import { alertTitle } from '../../shared/report-alert.ts'
import { stateWord } from '../../shared/states.ts'
import { TimelineEntry } from '../parts/timeline-entry.tsx'
import { useBridge } from '../state/bridge.ts'
import { StateChart } from './state-chart.tsx'

const shownEntries = 12

/** How the domain came to where it is. */
export function HistoryPanel({ domain }: { domain: DomainSummary }) {
  const bridge = useBridge()
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([])
  const { key, state } = domain
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state has a new entry behind it
  useEffect(() => {
    let current = true
    void bridge.request('getHistory', { key }).then((answer) => {
      if (current && answer.ok) setEntries(answer.value)
    })
    return () => {
      current = false
    }
  }, [bridge, key, state])
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="history-heading">
      <h2 id="history-heading">{t('History')}</h2>
      {entries.length > 1 ? <StateChart entries={entries} now={Date.now()} /> : null}
      <ol className="timeline">
        {entries
          .slice(-shownEntries)
          .reverse()
          .map((entry) => (
            <TimelineEntry key={`${entry.at} ${entry.alert?.kind ?? entry.to}`} entry={entry}>
              {entry.alert ? alertTitle(entry.alert, domain.title) : stateWord(entry.to)}
              {entry.from && !entry.alert ? (
                <span className="muted"> {t('after {state}', { state: stateWord(entry.from) })}</span>
              ) : null}
            </TimelineEntry>
          ))}
      </ol>
    </section>
  )
}
