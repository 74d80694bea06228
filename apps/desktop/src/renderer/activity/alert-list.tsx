import { useEffect, useMemo, useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary, HistoryEntry } from '../../shared/model.ts'
import { alertTitle } from '../../shared/report-alert.ts'
import { stateWord } from '../../shared/states.ts'
import { TimelineEntry } from '../parts/timeline-entry.tsx'
import { useBridge } from '../state/bridge.ts'

/** What changed by itself, newest first: every domain that broke, became ready, or came back, and what reports say. */
export function AlertList({ domains }: { domains: readonly DomainSummary[] }) {
  const bridge = useBridge()
  const [entries, setEntries] = useState<readonly HistoryEntry[]>()
  const titles = useMemo(() => new Map(domains.map(({ key, title }) => [key, title])), [domains])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed domain may have a new entry behind it
  useEffect(() => {
    let current = true
    void bridge.request('getAlerts').then((answer) => {
      if (current && answer.ok) setEntries(answer.value)
    })
    return () => {
      current = false
    }
  }, [bridge, domains])
  const shown = entries?.filter(({ domain }) => titles.has(domain)) ?? []
  if (entries && shown.length === 0) return <p className="muted">{t('Nothing has changed yet.')}</p>
  return (
    <ol className="timeline" aria-label={t('Alerts')}>
      {shown.map((entry) => (
        <TimelineEntry key={`${entry.at} ${entry.domain} ${entry.alert?.kind ?? entry.to}`} entry={entry}>
          {entry.alert
            ? alertTitle(entry.alert, titles.get(entry.domain) ?? '')
            : `${titles.get(entry.domain)}: ${stateWord(entry.to)}`}
        </TimelineEntry>
      ))}
    </ol>
  )
}
