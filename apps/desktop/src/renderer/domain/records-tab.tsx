import { Clipboard, Code, ExternalLink, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { diagnosisOf } from '../../shared/diagnosis.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reportsCapability } from '../../shared/reports.ts'
import { Button } from '../parts/button.tsx'
import { CopyTextButton } from '../parts/copy-button.tsx'
import { ManagedBy } from '../parts/managed-by.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { MonthOfMail } from '../reports/month-of-mail.tsx'
import { useRequest } from '../state/bridge.ts'
import { CodePanel } from './code-panel.tsx'
import { RecordTable } from './record-table.tsx'

/** What is in the DNS, and what to do with the finding. */
export function RecordsTab({ state, domain }: { state: AppState; domain: DomainSummary }) {
  const verify = useRequest('verifyDomain')
  const open = useRequest('openInBrowser')
  const [codeShown, setCodeShown] = useState(false)
  const connection = state.connections.find((each) => each.id === domain.connectionId)
  const accounts = state.accounts.filter((each) => each.connectionId === domain.connectionId)
  const account = accounts.find((each) => each.accountId === domain.accountId)
  const failed = verify.problem ?? open.problem
  const { key, parked, parkedCredits } = domain
  return (
    <>
      <RecordTable domain={domain} onOpenPolicyFile={() => void open.send({ key, what: 'policy-file' })} />
      <div className="button-row">
        {domain.hostedDmarc || domain.hostedMtaSts ? (
          <Button
            icon={<RefreshCw size={16} aria-hidden="true" />}
            busy={state.verifying.includes(key)}
            onPress={() => void verify.send({ key })}
          >
            {t('Verify now')}
          </Button>
        ) : null}
        <CopyTextButton icon={<Clipboard size={16} aria-hidden="true" />} text={() => diagnosisOf(domain)}>
          {t('Copy diagnosis')}
        </CopyTextButton>
        <Button icon={<Code size={16} aria-hidden="true" />} onPress={() => setCodeShown(!codeShown)}>
          {codeShown ? t('Hide code') : t('Copy as code')}
        </Button>
        {connection?.kind === 'vendor' || connection?.baseUrl.startsWith('https:') ? (
          <Button
            kind="quiet"
            icon={<ExternalLink size={16} aria-hidden="true" />}
            onPress={() => void open.send({ key, what: 'service' })}
          >
            {t('Open in browser')}
          </Button>
        ) : null}
        <ManagedBy domain={domain} />
      </div>
      {failed ? <ProblemCard problem={failed} onAction={verify.problem ? verify.dismiss : open.dismiss} /> : null}
      {codeShown ? <CodePanel domain={domain} connection={connection} severalAccounts={accounts.length > 1} /> : null}
      {connection?.extensions.includes(reportsCapability) ? <MonthOfMail domain={domain} /> : null}
      <p className="muted">{[account?.title, connection?.title].filter(Boolean).join(' · ')}</p>
      {parked ? (
        <p className="muted">
          {t('Parked domain')}
          {parkedCredits === undefined
            ? ''
            : ` · ${plural('{count} message credit left|{count} message credits left', parkedCredits)}`}
        </p>
      ) : null}
    </>
  )
}
