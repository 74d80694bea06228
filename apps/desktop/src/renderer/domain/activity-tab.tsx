import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { ActivityEntry } from '../activity/activity-entry.tsx'
import { HistoryPanel } from './history-panel.tsx'

/** What was done to this domain with the app, each with its undo, and how it came to where it is. */
export function ActivityTab({ state, domain }: { state: AppState; domain: DomainSummary }) {
  const own = state.activity.filter(({ domains }) => domains.some(({ key }) => key === domain.key))
  return (
    <>
      <section aria-labelledby="changes-heading">
        <h2 id="changes-heading">{t('Changes')}</h2>
        {own.length === 0 ? <p className="muted">{t('Nothing was changed with this app yet.')}</p> : null}
        <ol className="cards" aria-label={t('Changes')}>
          {own.map((entry) => (
            <li key={entry.id}>
              <ActivityEntry entry={entry} isBelowHeading />
            </li>
          ))}
        </ol>
      </section>
      <HistoryPanel domain={domain} />
    </>
  )
}
