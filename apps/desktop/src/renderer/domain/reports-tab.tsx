import { parseDmarc } from '@dmarc-as-code/records'
import { useState } from 'react'
import type { AppState } from '../../shared/contract/app-state.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reportsCapability } from '../../shared/reports.ts'
import { ConfirmInCode } from '../parts/confirm-in-code.tsx'
import { DnsText } from '../parts/dns-text.tsx'
import { Checkbox } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { EvidenceSection } from '../reports/evidence-section.tsx'
import { useRequest } from '../state/bridge.ts'

interface ReportsChange {
  readonly aggregate?: boolean
  readonly failure?: boolean
  readonly tls?: boolean
}

/** What reports say, where the service has them; which reports it takes for this domain, and where receivers send them. */
export function ReportsTab({ state, domain }: { state: AppState; domain: DomainSummary }) {
  const save = useRequest('setReports')
  const { key, reports, dmarcRecord, hostedDmarc, hostedMtaSts } = domain
  const extensions = state.connections.find(({ id }) => id === domain.connectionId)?.extensions ?? []
  const hasReports = extensions.includes(reportsCapability)
  const tags = parseDmarc(dmarcRecord ?? '').tags
  const [asked, setAsked] = useState<ReportsChange>()
  const send = (change: ReportsChange) => void save.send({ key, ...change })
  const set = (change: ReportsChange) => (domain.managedBy ? setAsked(change) : send(change))
  return (
    <>
      {hasReports ? <EvidenceSection domain={domain} /> : null}
      {reports ? (
        <section className="card" aria-labelledby="wanted-heading">
          <h2 id="wanted-heading">{t('The service receives')}</h2>
          <Checkbox
            selected={reports.aggregate}
            // One of the two has to stay: the service would have nothing to monitor.
            disabled={save.busy || (reports.aggregate && !reports.failure)}
            onChange={(aggregate) => set({ aggregate })}
          >
            {t('Aggregate reports: counts per sending server, daily')}
          </Checkbox>
          <Checkbox
            selected={reports.failure}
            disabled={save.busy || (reports.failure && !reports.aggregate)}
            onChange={(failure) => set({ failure })}
          >
            {t('Failure reports: single messages that failed; few receivers send them')}
          </Checkbox>
          <Checkbox selected={reports.tls} disabled={save.busy || hostedMtaSts} onChange={(tls) => set({ tls })}>
            {t('TLS reports: connections that could not be encrypted')}
          </Checkbox>
          {asked ? (
            <ConfirmInCode
              title={t('Change the reports of {domain}?', { domain: domain.title })}
              domains={[domain]}
              busy={save.busy}
              onConfirm={() => {
                setAsked(undefined)
                send(asked)
              }}
              onCancel={() => setAsked(undefined)}
            />
          ) : null}
          {save.problem ? <ProblemCard problem={save.problem} /> : null}
        </section>
      ) : null}
      {hostedDmarc ? (
        <section className="card" aria-labelledby="addresses-heading">
          <h2 id="addresses-heading">{t('Receivers send them to')}</h2>
          <dl className="values">
            <dt>{t('Aggregate reports')}</dt>
            <dd className="mono">
              <Addresses uris={tags.rua} />
            </dd>
            <dt>{t('Failure reports')}</dt>
            <dd className="mono">
              <Addresses uris={tags.ruf} />
            </dd>
          </dl>
          <p className="muted">{t('You change these addresses with the policy.')}</p>
        </section>
      ) : (
        <p className="muted">{t('The service hosts no DMARC record here, so it does not decide where reports go.')}</p>
      )}
    </>
  )
}

function Addresses({ uris = [] }: { uris?: readonly string[] | undefined }) {
  if (uris.length === 0) return <span className="muted">{t('nobody')}</span>
  return (
    <ul>
      {uris.map((uri) => (
        <li key={uri}>
          <DnsText text={uri.replace(/^mailto:/, '')} />
        </li>
      ))}
    </ul>
  )
}
