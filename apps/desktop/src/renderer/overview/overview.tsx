import { History, ListChecks, Plus, RefreshCw, SearchX, Settings } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import { noFilter, selectDomains, withoutStaleFilters } from '../../shared/select.ts'
import { needsCname } from '../../shared/states.ts'
import { SelectionBar } from '../lazy-parts.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { EnvelopeArt } from '../parts/envelope-art.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { UpdateOffer } from '../parts/update-offer.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'
import { ConnectionProblems } from './connection-problems.tsx'
import { DomainList } from './domain-list.tsx'
import { Filters } from './filters.tsx'
import { Skeleton } from './skeleton.tsx'
import { Summary } from './summary.tsx'

interface OverviewProps {
  readonly state: AppState
  readonly current: string | undefined
  /** Whether a page is open, beside the list where there is room. */
  readonly isBeside: boolean
  /** Whether Settings is open, which shows updates itself. */
  readonly atSettings: boolean
  readonly onGo: (page: Page) => void
}

/** The window's first page: the overall state, and every domain. */
export function Overview({ state, current, isBeside, atSettings, onGo }: OverviewProps) {
  const [asked, setAsked] = useState(noFilter)
  const selection = useMemo(
    () => withoutStaleFilters(asked, state.domains, state.accounts),
    [asked, state.domains, state.accounts],
  )
  const [selected, setSelected] = useState<ReadonlySet<string>>()
  const check = useRequest('checkNow')
  const apply = useRequest('startApply')
  const save = useRequest('setPreferences')
  const shown = useMemo(() => selectDomains(state.domains, selection), [state.domains, selection])
  const needingAction = useMemo(() => state.domains.filter(needsCname), [state.domains])
  const isLoading = state.domains.length === 0 && state.connections.some((each) => !each.lastSuccessAt && !each.problem)
  const { preferences } = state

  const start = async (keys: readonly string[]) => {
    onGo({ name: 'apply' })
    await apply.send({ keys })
    setSelected(undefined)
  }

  return (
    <section className="overview" aria-label={t('Overview')}>
      <header className="top">
        <Summary state={state} />
        <div className="page-actions">
          <IconButton
            icon={<RefreshCw size={18} aria-hidden="true" />}
            label={t('Check now')}
            busy={check.busy}
            onPress={() => void check.send()}
          />
          <IconButton
            icon={<Plus size={18} aria-hidden="true" />}
            label={t('Add a domain')}
            onPress={() => onGo({ name: 'add-domain' })}
          />
          <IconButton
            icon={<History size={18} aria-hidden="true" />}
            label={t('Activity')}
            onPress={() => onGo({ name: 'activity' })}
          />
          <IconButton
            icon={<Settings size={18} aria-hidden="true" />}
            label={t('Settings')}
            onPress={() => onGo({ name: 'settings' })}
          />
        </div>
      </header>
      <div className="notices">
        {state.notice ? <ProblemCard problem={state.notice} /> : null}
        {atSettings ? null : <UpdateOffer update={state.update} />}
        <ConnectionProblems connections={state.connections} onGo={onGo} />
        {apply.problem ? <ProblemCard problem={apply.problem} onAction={apply.dismiss} /> : null}
      </div>
      {state.domains.length > 0 ? (
        <>
          <Filters
            domains={state.domains}
            accounts={state.accounts}
            connections={state.connections}
            selection={selection}
            onChange={setAsked}
            grouping={preferences.grouping}
            onGroup={(grouping) => void save.send({ ...preferences, grouping })}
          />
          {shown.length > 0 ? (
            <DomainList
              domains={shown}
              grouping={preferences.grouping}
              density={preferences.density}
              current={current}
              onOpen={(key) => onGo({ name: 'domain', key })}
              selected={selected}
              onSelect={setSelected}
            />
          ) : (
            <NoMatch count={state.domains.length} onClear={() => setAsked({ ...noFilter, sort: selection.sort })} />
          )}
          <footer className="bottom">
            {selected ? (
              <Suspense>
                <SelectionBar
                  state={state}
                  selected={selected}
                  shown={shown}
                  onApply={start}
                  applying={apply.busy}
                  onSelectAll={() => setSelected(new Set(shown.map((domain) => domain.key)))}
                  onDone={() => setSelected(undefined)}
                />
              </Suspense>
            ) : (
              <>
                {needingAction.length > 0 ? (
                  <Button
                    // One filled button on a screen: beside a page, that is the page's.
                    kind={isBeside ? 'plain' : 'primary'}
                    busy={apply.busy}
                    onPress={() => void start(needingAction.map((domain) => domain.key))}
                  >
                    {t('Apply missing CNAMEs')}
                  </Button>
                ) : null}
                <Button
                  kind="quiet"
                  icon={<ListChecks size={16} aria-hidden="true" />}
                  onPress={() => setSelected(new Set())}
                >
                  {t('Select several')}
                </Button>
              </>
            )}
          </footer>
        </>
      ) : isLoading || !state.loaded ? (
        <Skeleton />
      ) : (
        <div className="empty">
          <EnvelopeArt />
          <h2>{t('No domains yet')}</h2>
          <p>{t('Add a domain to see its records and what is missing.')}</p>
          <Button kind="primary" onPress={() => onGo({ name: 'add-domain' })}>
            {t('Add a domain')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The domains are only hidden by a filter: say so, and offer to clear it. */
function NoMatch({ count, onClear }: { count: number; onClear: () => void }) {
  return (
    <div className="empty">
      <SearchX size={36} strokeWidth={1.5} aria-hidden="true" className="empty-icon" />
      <h2>{t('No matching domains')}</h2>
      <p>
        {plural(
          'The only domain is hidden by the search or a filter.|All {count} domains are hidden by the search or a filter.',
          count,
        )}
      </p>
      <Button onPress={onClear}>{t('Show all domains')}</Button>
    </div>
  )
}
