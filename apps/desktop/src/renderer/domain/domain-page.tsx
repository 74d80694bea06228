import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import type { AppState } from '../../shared/contract/app-state.ts'
import { possibleMove } from '../../shared/evidence.ts'
import { headlineOf } from '../../shared/headline.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { isMissingCname } from '../../shared/states.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { PolicyChip } from '../parts/policy-chip.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { TagMark } from '../parts/tag-mark.tsx'
import { useRequest } from '../state/bridge.ts'
import { type DomainTab, domainTabs, type Page } from '../state/navigation.ts'
import { ActivityTab } from './activity-tab.tsx'
import { PolicyTab } from './policy-tab.tsx'
import { RecordsTab } from './records-tab.tsx'
import { ReportsTab } from './reports-tab.tsx'

export interface DomainPageProps {
  readonly state: AppState
  readonly domain: DomainSummary
  readonly page: Extract<Page, { name: 'domain' }>
  readonly onGo: (page: Page) => void
  readonly onBack: () => void
}

/** One domain: what is the case for mail, the one next action, and everything else a tab away. */
export function DomainPage({ state, domain, page, onGo, onBack }: DomainPageProps) {
  const [tab, setTab] = useState<DomainTab>(page.tab ?? (hasDraft(state, domain) ? 'policy' : 'records'))
  const { title, address, tags } = domain
  return (
    <Tabs className="page-tabs" selectedKey={tab} onSelectionChange={(key) => setTab(key as DomainTab)}>
      <PageFrame
        title={title}
        onBack={onBack}
        beside={
          <>
            <PolicyChip policy={domain.policy} />
            {tags.length > 0 ? (
              <ul className="tags" aria-label={t('Tags')}>
                {tags.map((tag) => (
                  <li key={tag.id}>
                    <TagMark tag={tag} />
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        }
        head={
          <>
            <Verdict domain={domain} tab={tab} onGo={onGo} onTab={setTab} />
            {title === address ? null : <p className="muted mono">{address}</p>}
            <TabList className="tab-list" aria-label={t('About {domain}', { domain: title })}>
              {domainTabs.map((id) => (
                <Tab key={id} id={id} className="tab">
                  {tabTitle(id)}
                </Tab>
              ))}
            </TabList>
          </>
        }
      >
        <TabPanel id="records" className="tab-panel">
          <RecordsTab state={state} domain={domain} />
        </TabPanel>
        <TabPanel id="policy" className="tab-panel">
          <PolicyTab state={state} domain={domain} asking={page.asking} />
        </TabPanel>
        <TabPanel id="reports" className="tab-panel">
          <ReportsTab state={state} domain={domain} />
        </TabPanel>
        <TabPanel id="activity" className="tab-panel">
          <ActivityTab state={state} domain={domain} />
        </TabPanel>
      </PageFrame>
    </Tabs>
  )
}

interface VerdictProps {
  readonly domain: DomainSummary
  readonly tab: DomainTab
  readonly onGo: (page: Page) => void
  readonly onTab: (tab: DomainTab) => void
}

/** The sentence, and the button that changes it. */
function Verdict({ domain, tab, onGo, onTab }: VerdictProps) {
  const apply = useRequest('startApply')
  const { text, detail, tone } = headlineOf(domain)
  const missing = domain.records.filter(isMissingCname).length
  const move = possibleMove(domain)
  return (
    <>
      <div className="verdict-line">
        <p>
          <strong className={`verdict-${tone}`}>{text}</strong> {detail}
        </p>
        {missing > 0 ? (
          <Button
            kind="primary"
            busy={apply.busy}
            onPress={() => {
              onGo({ name: 'apply' })
              void apply.send({ keys: [domain.key] })
            }}
          >
            {plural('Fix {count} record…|Fix {count} records…', missing)}
          </Button>
        ) : move && domain.hostedDmarc ? (
          // The tab has this button, too, beside the evidence that it is based on.
          tab === 'reports' ? null : (
            <Button kind="primary" onPress={() => onTab('reports')}>
              {move === 'quarantine' ? t('Move to quarantine…') : t('Move to reject…')}
            </Button>
          )
        ) : domain.hostedDmarc || domain.state === 'attention' ? null : (
          <Button kind="primary" onPress={() => onTab('policy')}>
            {t('Turn on hosting…')}
          </Button>
        )}
      </div>
      {apply.problem ? <ProblemCard problem={apply.problem} onAction={apply.dismiss} /> : null}
    </>
  )
}

function tabTitle(tab: DomainTab): string {
  switch (tab) {
    case 'records':
      return t('Records')
    case 'policy':
      return t('Policy')
    case 'reports':
      return t('Reports')
    case 'activity':
      return t('Activity')
  }
}

/** Nobody has to look for what they typed. */
function hasDraft({ drafts }: AppState, { key }: DomainSummary): boolean {
  return Object.keys(drafts).some((id) => id.endsWith(` ${key}`))
}
