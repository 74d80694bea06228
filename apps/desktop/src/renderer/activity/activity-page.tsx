import { History } from 'lucide-react'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import { Choices } from '../parts/fields.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ActivityEntry } from './activity-entry.tsx'
import { AlertList } from './alert-list.tsx'
import { RunningJob } from './running-job.tsx'

/** All jobs and changes, each with its own undo, and everything the app has noticed. */
export function ActivityPage({ state, onBack }: { state: AppState; onBack: () => void }) {
  const { activity, job } = state
  const [shown, setShown] = useState<'changes' | 'alerts'>('changes')
  return (
    <PageFrame title={t('Activity')} onBack={onBack}>
      <Choices
        label={t('Show')}
        value={shown}
        options={[
          { value: 'changes', label: t('Changes') },
          { value: 'alerts', label: t('Alerts') },
        ]}
        onChange={setShown}
      />
      {shown === 'alerts' ? (
        <AlertList domains={state.domains} />
      ) : (
        <>
          {job ? <RunningJob job={job} /> : null}
          {activity.length === 0 ? (
            <div className="empty">
              <History size={36} strokeWidth={1.5} aria-hidden="true" className="empty-icon" />
              <p>{t('Changes that you make with this app appear here. You can undo them, also after a restart.')}</p>
            </div>
          ) : (
            <ol className="cards" aria-label={t('Changes')}>
              {activity.map((entry) => (
                <li key={entry.id}>
                  <ActivityEntry entry={entry} />
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </PageFrame>
  )
}
