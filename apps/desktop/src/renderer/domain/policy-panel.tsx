import { describeDmarc, parseDmarc } from '@dmarc-as-code/records'
import { useState } from 'react'
import { type Drafts, draftId } from '../../shared/drafts.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { Button } from '../parts/button.tsx'
import { Switch } from '../parts/fields.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { useRequest } from '../state/bridge.ts'
import { DmarcForm } from './dmarc-form.tsx'
import { MtaStsForm } from './mta-sts-form.tsx'
import { TurnOffHosting } from './turn-off-hosting.tsx'

const modes: Record<string, string> = {
  none: 'No policy: sending servers do not require encryption.',
  testing: 'Testing: sending servers report encryption problems and still deliver the mail.',
  enforce: 'Enforced: sending servers do not deliver mail that they cannot encrypt to these hosts.',
}

/** What is hosted, in words, and the forms that change it. */
interface PolicyPanelProps {
  readonly domain: DomainSummary
  readonly extensions: readonly string[]
  readonly drafts: Drafts
}

export function PolicyPanel({ domain, extensions, drafts }: PolicyPanelProps) {
  const [editing, setEditing] = useState<'dmarc' | 'mta-sts' | undefined>(() => formWithDraft(drafts, domain.key))
  /** The form that was open last; its button takes the focus back. */
  const [edited, setEdited] = useState<'dmarc' | 'mta-sts'>()
  const hosting = useRequest('setHosting')
  const description = domain.dmarcRecord ? describeDmarc(parseDmarc(domain.dmarcRecord).tags) : undefined
  const canEditMtaSts = extensions.includes('mta_sts_policy_on_update')
  const [turningOff, setTurningOff] = useState<'dmarc' | 'mta-sts'>()
  /** Turning on is safe. Turning off has consequences for mail, so it asks. */
  const setHosting = (service: 'dmarc' | 'mta-sts', on: boolean) => {
    if (on) void hosting.send({ key: domain.key, service, on, removeCnames: false })
    else setTurningOff(service)
  }
  const turnOff = (service: 'dmarc' | 'mta-sts') =>
    turningOff === service ? (
      <TurnOffHosting
        domain={domain}
        service={service}
        canEditMtaSts={canEditMtaSts}
        onDone={() => setTurningOff(undefined)}
      />
    ) : null
  const done = () => {
    setEdited(editing)
    setEditing(undefined)
  }

  return (
    <section aria-labelledby="policy-heading">
      <h2 id="policy-heading">Policies</h2>
      {hosting.problem ? <ProblemCard problem={hosting.problem} onAction={hosting.dismiss} /> : null}
      <div className="cards">
        <article className="card" aria-labelledby="dmarc-policy">
          <header>
            <h3 id="dmarc-policy">Hosted DMARC</h3>
            <Switch selected={domain.hostedDmarc} disabled={hosting.busy} onChange={(on) => setHosting('dmarc', on)}>
              <span className="hidden">Host DMARC: </span>
              {domain.hostedDmarc ? 'On' : 'Off'}
            </Switch>
          </header>
          {turnOff('dmarc')}
          {description ? (
            <>
              <p>{description.summary}</p>
              {description.details.map((detail) => (
                <p key={detail} className="muted">
                  {detail}
                </p>
              ))}
              <p className="mono record-text">{domain.dmarcRecord}</p>
            </>
          ) : (
            <p className="muted">Off. The service does not publish a DMARC record for this domain.</p>
          )}
          {editing === 'dmarc' ? (
            <DmarcForm domain={domain} drafts={drafts} onDone={done} />
          ) : domain.hostedDmarc ? (
            <Button autoFocus={edited === 'dmarc'} onPress={() => setEditing('dmarc')}>
              Edit policy
            </Button>
          ) : null}
        </article>

        <article className="card" aria-labelledby="mta-sts-policy">
          <header>
            <h3 id="mta-sts-policy">Hosted MTA-STS</h3>
            <Switch
              selected={domain.hostedMtaSts}
              disabled={hosting.busy || domain.parked}
              onChange={(on) => setHosting('mta-sts', on)}
            >
              <span className="hidden">Host MTA-STS: </span>
              {domain.hostedMtaSts ? 'On' : 'Off'}
            </Switch>
          </header>
          {turnOff('mta-sts')}
          {domain.parked ? <p className="muted">A parked domain receives no mail, so MTA-STS does not apply.</p> : null}
          {domain.mtaSts ? (
            <>
              <p>{modes[domain.mtaSts.mode] ?? `Mode ${domain.mtaSts.mode}.`}</p>
              <p className="muted">
                For {domain.mtaSts.mx.join(', ') || 'no host'}. Sending servers cache the policy for{' '}
                {domain.mtaSts.days} {domain.mtaSts.days === 1 ? 'day' : 'days'}.
              </p>
            </>
          ) : domain.parked ? null : (
            <p className="muted">There is no policy yet. A policy lists the hosts that receive your mail.</p>
          )}
          {editing === 'mta-sts' ? (
            <MtaStsForm domain={domain} drafts={drafts} onDone={done} />
          ) : domain.parked ? null : canEditMtaSts ? (
            <Button autoFocus={edited === 'mta-sts'} onPress={() => setEditing('mta-sts')}>
              {domain.mtaSts ? 'Edit policy' : 'Create policy'}
            </Button>
          ) : (
            <p className="muted">
              On this service, the policy of an existing domain can only be changed on its web site.
            </p>
          )}
        </article>
      </div>
    </section>
  )
}

/** A form with a draft opens by itself, so that nobody has to look for what they typed. */
function formWithDraft(drafts: Drafts, key: string): 'dmarc' | 'mta-sts' | undefined {
  return (['dmarc', 'mta-sts'] as const).find((form) => drafts[draftId(form, key)] !== undefined)
}
