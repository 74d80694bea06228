import { describeDmarc, parseDmarc } from '@dmarc-as-code/records'
import { type ReactNode, useState } from 'react'
import type { ActivityView } from '../../shared/activity.ts'
import type { AppState } from '../../shared/contract/app-state.ts'
import { type Drafts, draftId } from '../../shared/drafts.ts'
import { listOf } from '../../shared/messages/lists.ts'
import { plural, t, translateIfKnown } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { reportsCapability } from '../../shared/reports.ts'
import { ActivityEntry } from '../activity/activity-entry.tsx'
import { Button } from '../parts/button.tsx'
import { DmarcForm } from './dmarc-form.tsx'
import { DomainSettings } from './domain-settings.tsx'
import { MtaStsForm } from './mta-sts-form.tsx'
import { TurnOffHosting } from './turn-off-hosting.tsx'
import { TurnOnHosting } from './turn-on-hosting.tsx'

type Service = 'dmarc' | 'mta-sts'

interface PolicyTabProps {
  readonly state: AppState
  readonly domain: DomainSummary
  readonly asking: 'delete' | undefined
}

/** What is hosted, in words, the forms that change it, and the settings of the domain itself. */
export function PolicyTab({ state, domain, asking }: PolicyTabProps) {
  const extensions = state.connections.find(({ id }) => id === domain.connectionId)?.extensions ?? []
  return (
    <div className="cards">
      <HostedDmarc state={state} domain={domain} extensions={extensions} />
      <HostedMtaSts state={state} domain={domain} extensions={extensions} />
      <DomainSettings state={state} domain={domain} extensions={extensions} asking={asking} />
    </div>
  )
}

interface HostedProps {
  readonly state: AppState
  readonly domain: DomainSummary
  readonly extensions: readonly string[]
}

/** Which form is open, and which was open last: its button takes the focus back. */
function useForm(drafts: Drafts, service: Service, key: string) {
  const [isOpen, setOpen] = useState(() => drafts[draftId(service, key)] !== undefined)
  const [wasOpen, setWasOpen] = useState(false)
  return {
    isOpen,
    wasOpen,
    open: () => setOpen(true),
    close: () => {
      setWasOpen(true)
      setOpen(false)
    },
  }
}

function HostedDmarc({ state, domain, extensions }: HostedProps) {
  const { drafts } = state
  const form = useForm(drafts, 'dmarc', domain.key)
  const description = domain.dmarcRecord ? describeDmarc(parseDmarc(domain.dmarcRecord).tags) : undefined
  return (
    <HostedCard
      service="dmarc"
      ending={endingOf(state, domain, 'dmarc-hosting-off')}
      title={t('Hosted DMARC')}
      domain={domain}
      isOn={domain.hostedDmarc}
      extensions={extensions}
    >
      {domain.hostedDmarc && description ? (
        <>
          <p>{translateIfKnown(description.summary)}</p>
          {description.details.map((detail) => (
            <p key={detail} className="muted">
              {translateIfKnown(detail)}
            </p>
          ))}
          <p className="mono record-text">{domain.dmarcRecord}</p>
        </>
      ) : (
        <p className="muted">{t('Off. The service does not publish a DMARC record for this domain.')}</p>
      )}
      {form.isOpen ? (
        <DmarcForm
          domain={domain}
          drafts={drafts}
          hasReports={extensions.includes(reportsCapability)}
          onDone={form.close}
        />
      ) : domain.hostedDmarc ? (
        <Button autoFocus={form.wasOpen} onPress={form.open}>
          {t('Edit policy')}
        </Button>
      ) : null}
    </HostedCard>
  )
}

function HostedMtaSts({ state, domain, extensions }: HostedProps) {
  const { drafts } = state
  const { mtaSts, parked, hostedMtaSts } = domain
  const form = useForm(drafts, 'mta-sts', domain.key)
  const canEdit = extensions.includes('mta_sts_policy_on_update')
  return (
    <HostedCard
      service="mta-sts"
      ending={endingOf(state, domain, 'mta-sts-hosting-off')}
      title={t('Hosted MTA-STS')}
      domain={domain}
      isOn={hostedMtaSts}
      extensions={extensions}
    >
      {parked ? <p className="muted">{t('A parked domain receives no mail, so MTA-STS does not apply.')}</p> : null}
      {mtaSts ? (
        <>
          <p>{modeText(mtaSts.mode)}</p>
          <p className="muted">
            {plural(
              'For {hosts}. Sending servers cache the policy for {count} day.|For {hosts}. Sending servers cache the policy for {count} days.',
              mtaSts.days,
              { hosts: mtaSts.mx.length > 0 ? listOf(mtaSts.mx) : t('no host') },
            )}
          </p>
        </>
      ) : parked ? null : (
        <p className="muted">{t('There is no policy yet. A policy lists the hosts that receive your mail.')}</p>
      )}
      {form.isOpen ? (
        <MtaStsForm domain={domain} drafts={drafts} onDone={form.close} />
      ) : parked ? null : canEdit ? (
        <Button autoFocus={form.wasOpen} onPress={form.open}>
          {mtaSts ? t('Edit policy') : t('Create policy')}
        </Button>
      ) : (
        <p className="muted">
          {t('On this service, the policy of an existing domain can only be changed on its web site.')}
        </p>
      )}
    </HostedCard>
  )
}

/** What turned hosting off, while its end is still to come. */
function endingOf(
  { activity }: AppState,
  { key }: DomainSummary,
  kind: ActivityView['kind'],
): ActivityView | undefined {
  return activity.find(
    (entry) =>
      entry.endsAt !== undefined &&
      (entry.kind === kind || entry.kind === 'domain-deleted') &&
      entry.domains.some((each) => each.key === key),
  )
}

interface HostedCardProps {
  readonly service: Service
  readonly ending: ActivityView | undefined
  readonly title: string
  readonly domain: DomainSummary
  readonly isOn: boolean
  readonly extensions: readonly string[]
  readonly children: ReactNode
}

/** Turning on is safe. Turning off has consequences for mail, so it asks. */
function HostedCard({ service, ending, title, domain, isOn, extensions, children }: HostedCardProps) {
  const [asking, setAsking] = useState(false)
  const heading = `hosted-${service}`
  const done = () => setAsking(false)
  return (
    <article className="card" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        {asking || ending ? null : isOn ? (
          <Button kind="quiet" onPress={() => setAsking(true)}>
            {t('Turn off…')}
          </Button>
        ) : domain.parked && service === 'mta-sts' ? null : (
          <Button kind={service === 'dmarc' ? 'primary' : 'plain'} onPress={() => setAsking(true)}>
            {t('Turn on hosting…')}
          </Button>
        )}
      </header>
      {ending ? (
        <ActivityEntry entry={ending} isBelowHeading />
      ) : asking && isOn ? (
        <TurnOffHosting
          domain={domain}
          service={service}
          canEditMtaSts={extensions.includes('mta_sts_policy_on_update')}
          onDone={done}
        />
      ) : asking ? (
        <TurnOnHosting domain={domain} service={service} onDone={done} />
      ) : null}
      {children}
    </article>
  )
}

function modeText(mode: string): string {
  switch (mode) {
    case 'none':
      return t('No policy: sending servers do not require encryption.')
    case 'testing':
      return t('Testing: sending servers report encryption problems and still deliver the mail.')
    case 'enforce':
      return t('Enforced: sending servers do not deliver mail that they cannot encrypt to these hosts.')
    default:
      return t('Mode {mode}.', { mode })
  }
}
