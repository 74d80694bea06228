import { Code, ExternalLink, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { isMissingCname } from '../../shared/states.ts'
import { Button } from '../parts/button.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { TagMark } from '../parts/tag-mark.tsx'
import { Time } from '../parts/time.tsx'
import { useRequest } from '../state/bridge.ts'
import type { Page } from '../state/navigation.ts'
import { CodePanel } from './code-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { PolicyPanel } from './policy-panel.tsx'
import { RecordCard } from './record-card.tsx'

interface DomainPageProps {
  readonly state: AppState
  readonly domain: DomainSummary
  readonly onGo: (page: Page) => void
  readonly onBack: () => void
}

export function DomainPage({ state, domain, onGo, onBack }: DomainPageProps) {
  const verify = useRequest('verifyDomain')
  const apply = useRequest('startApply')
  const open = useRequest('openInBrowser')
  const [codeShown, setCodeShown] = useState(false)
  const connection = state.connections.find((each) => each.id === domain.connectionId)
  const accounts = state.accounts.filter((each) => each.connectionId === domain.connectionId)
  const account = accounts.find((each) => each.accountId === domain.accountId)
  const failed = verify.problem ?? apply.problem ?? open.problem
  const missing = domain.records.filter(isMissingCname).length
  const dismiss = () => {
    for (const each of [verify, apply, open]) each.dismiss()
  }

  return (
    <PageFrame title={domain.title} onBack={onBack}>
      <div className="domain-head">
        <StateMark state={domain.state} />
        <p className="muted">
          {[account?.title, connection?.title].filter(Boolean).join(' · ')}
          {domain.checkedAt ? (
            <>
              {' · checked '}
              <Time at={domain.checkedAt} />
            </>
          ) : null}
        </p>
        {domain.title === domain.address ? null : <p className="muted mono">{domain.address}</p>}
        {domain.parked ? (
          <p className="muted">
            Parked domain
            {domain.parkedCredits === undefined
              ? ''
              : ` · ${domain.parkedCredits.toLocaleString('en')} message credits left`}
          </p>
        ) : null}
        {domain.tags.length > 0 ? (
          <ul className="tags" aria-label="Tags">
            {domain.tags.map((tag) => (
              <li key={tag.id}>
                <TagMark tag={tag} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>

      <div className="button-row">
        {missing > 0 ? (
          <Button
            kind="primary"
            busy={apply.busy}
            onPress={() => {
              onGo({ name: 'apply' })
              void apply.send({ keys: [domain.key] })
            }}
          >
            Apply {missing === 1 ? 'CNAME' : 'CNAMEs'}
          </Button>
        ) : null}
        {domain.hostedDmarc || domain.hostedMtaSts ? (
          <Button
            icon={<RefreshCw size={16} aria-hidden="true" />}
            busy={state.verifying.includes(domain.key)}
            onPress={() => void verify.send({ key: domain.key })}
          >
            Verify now
          </Button>
        ) : null}
        {connection?.kind === 'vendor' || connection?.baseUrl.startsWith('https:') ? (
          <Button
            kind="quiet"
            icon={<ExternalLink size={16} aria-hidden="true" />}
            onPress={() => void open.send({ key: domain.key, what: 'service' })}
          >
            Open in browser
          </Button>
        ) : null}
        <Button kind="quiet" icon={<Code size={16} aria-hidden="true" />} onPress={() => setCodeShown(!codeShown)}>
          {codeShown ? 'Hide code' : 'Copy as code'}
        </Button>
      </div>
      {failed ? <ProblemCard problem={failed} onAction={dismiss} /> : null}
      {codeShown ? <CodePanel domain={domain} connection={connection} severalAccounts={accounts.length > 1} /> : null}

      <section aria-labelledby="records-heading">
        <h2 id="records-heading">Records</h2>
        <div className="cards">
          {domain.records.map((record) => (
            <RecordCard
              key={record.kind}
              record={record}
              onOpenPolicyFile={() => void open.send({ key: domain.key, what: 'policy-file' })}
            />
          ))}
        </div>
      </section>
      <PolicyPanel domain={domain} extensions={connection?.extensions ?? []} drafts={state.drafts} />
      <HistoryPanel domain={domain} />
    </PageFrame>
  )
}
