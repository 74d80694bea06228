import { useEffect, useMemo, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary, HistoryEntry } from '../../shared/model.ts'
import type { Problem } from '../../shared/problems.ts'
import { alertTitle } from '../../shared/report-alert.ts'
import { type ServiceEvent, serviceEventText } from '../../shared/service-history.ts'
import { stateWord } from '../../shared/states.ts'
import { Button } from '../parts/button.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { ServiceEntry, TimelineEntry } from '../parts/timeline-entry.tsx'
import { useBridge } from '../state/bridge.ts'
import { StateChart } from './state-chart.tsx'

const shownEntries = 12

/** How the domain came to where it is: what this app has seen, and what the service remembers. */
export function HistoryPanel({ domain }: { domain: DomainSummary }) {
  const { entries, events, problem, reload } = useHistory(domain)
  const [shown, setShown] = useState(shownEntries)
  const line = useMemo(() => timeLine(entries, events), [entries, events])
  if (line.length === 0 && !problem) return null
  return (
    <section aria-labelledby="history-heading">
      <h2 id="history-heading">{t('History')}</h2>
      {entries.length > 1 ? <StateChart entries={entries} now={Date.now()} /> : null}
      {problem ? <ProblemCard problem={problem} onAction={reload} /> : null}
      <ol className="timeline" aria-label={t('History')}>
        {line.slice(0, shown).map(({ id, entry, event }) =>
          entry ? (
            <TimelineEntry key={id} entry={entry}>
              {entry.alert ? alertTitle(entry.alert, domain.title) : stateWord(entry.to)}
              {entry.from && !entry.alert ? (
                <span className="muted"> {t('after {state}', { state: stateWord(entry.from) })}</span>
              ) : null}
            </TimelineEntry>
          ) : event ? (
            <ServiceEntry key={id} event={event}>
              {serviceEventText(event)}
            </ServiceEntry>
          ) : null,
        )}
      </ol>
      {line.length > shown ? (
        <Button kind="quiet" onPress={() => setShown((count) => count + 2 * shownEntries)}>
          {t('Show earlier entries')}
        </Button>
      ) : null}
    </section>
  )
}

interface Line {
  readonly id: string
  readonly at: string
  readonly entry?: HistoryEntry
  readonly event?: ServiceEvent
}

/** Newest first. */
function timeLine(entries: readonly HistoryEntry[], events: readonly ServiceEvent[]): Line[] {
  return [
    ...entries.map((entry, index): Line => ({ id: `app ${index}`, at: entry.at, entry })),
    ...events.map((event, index): Line => ({ id: `service ${events.length - index}`, at: event.at, event })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

/** Read when the tab is opened, and again when something about the domain has changed. */
function useHistory({ key, state, updatedAt, evidence }: DomainSummary) {
  const bridge = useBridge()
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([])
  const [events, setEvents] = useState<readonly ServiceEvent[]>([])
  const [problem, setProblem] = useState<Problem>()
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state, setting or evidence has a new entry behind it
  useEffect(() => {
    let current = true
    void bridge.request('getHistory', { key }).then((answer) => {
      if (current && answer.ok) setEntries(answer.value)
    })
    void bridge.request('getServiceHistory', { key }).then((answer) => {
      if (!current) return
      if (answer.ok) setEvents(answer.value)
      setProblem(answer.ok ? undefined : answer.problem)
    })
    return () => {
      current = false
    }
  }, [bridge, key, state, updatedAt, evidence, asked])
  return { entries, events, problem, reload: () => setAsked((count) => count + 1) }
}
