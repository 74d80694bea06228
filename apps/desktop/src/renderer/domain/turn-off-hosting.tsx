import { useState } from 'react'
import { type HostedService, leavingText, liveCnames } from '../../shared/leaving.ts'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { policyText } from '../../shared/policy-text.ts'
import { mtaStsNeedsConsent } from '../../shared/publishing.ts'
import { WeakeningReason } from '../apply/weakening-reason.tsx'
import { Button } from '../parts/button.tsx'
import { KeptInCode } from '../parts/kept-in-code.tsx'
import { ProblemCard } from '../parts/problem-card.tsx'
import { isReason } from '../parts/reason-field.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { useRequest } from '../state/bridge.ts'
import { LeaveQuestion } from './leave-question.tsx'

interface TurnOffHostingProps {
  readonly domain: DomainSummary
  readonly service: HostedService
  readonly canEditMtaSts: boolean
  readonly onDone: () => void
}

/** Asks before hosting is turned off: what it means for mail, and the order that leaves nothing dangling. */
export function TurnOffHosting({ domain, service, canEditMtaSts, onDone }: TurnOffHostingProps) {
  const here = useFocusHere<HTMLElement>()
  const hosting = useRequest('setHosting')
  const policy = useRequest('saveMtaStsPolicy')
  const { mtaSts, key, title: name } = domain
  const mustWithdraw =
    service === 'mta-sts' && mtaSts !== undefined && mtaSts.mode !== 'none' && liveCnames(domain, service).length > 0
  const [atOnce, setAtOnce] = useState(false)
  const [reason, setReason] = useState('')
  const withdraws = mustWithdraw && canEditMtaSts && !atOnce
  const needsReason = mtaSts !== undefined && mtaStsNeedsConsent(domain, { ...mtaSts, mode: 'none' })
  const title =
    service === 'dmarc'
      ? t('Turn off hosted DMARC for {domain}?', { domain: name })
      : t('Turn off hosted MTA-STS for {domain}?', { domain: name })
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h3>{title}</h3>
      <p>{leavingText(domain, service)}</p>
      {withdraws ? (
        <>
          <p>
            {plural(
              'First set the policy to mode none, and keep hosting on until the maximum age of {count} day has passed. Then turn hosting off.|First set the policy to mode none, and keep hosting on until the maximum age of {count} days has passed. Then turn hosting off.',
              mtaSts.days,
            )}
          </p>
          {needsReason ? <WeakeningReason value={reason} onChange={setReason} /> : null}
          <div className="button-row">
            <Button
              kind="primary"
              busy={policy.busy}
              disabled={needsReason && !isReason(reason)}
              onPress={async () => {
                const withdrawn = { ...mtaSts, mode: 'none' }
                const base = policyText(mtaSts)
                const saved = await policy.send({
                  key,
                  base,
                  policy: withdrawn,
                  reason: needsReason ? reason.trim() : '',
                })
                if (saved.ok) onDone()
              }}
            >
              {t('Set mode none')}
            </Button>
            <Button kind="quiet" onPress={() => setAtOnce(true)}>
              {t('Turn off at once instead…')}
            </Button>
            <Button kind="quiet" onPress={onDone}>
              {t('Keep hosting on')}
            </Button>
          </div>
        </>
      ) : null}
      <p className="muted">{t('You can undo this in Activity.')}</p>
      <KeptInCode domains={[domain]} />
      {hosting.problem ? <ProblemCard problem={hosting.problem} /> : null}
      {policy.problem ? <ProblemCard problem={policy.problem} /> : null}
      {withdraws ? null : (
        <LeaveQuestion
          domain={domain}
          services={[service]}
          confirmLabel={t('Turn off')}
          cancelLabel={t('Keep hosting on')}
          busy={hosting.busy}
          onCancel={onDone}
          onLeave={async (leave, reason) => {
            const done = await hosting.send({ key, service, on: false, leave, takeOver: false, reason })
            if (done.ok) onDone()
          }}
        />
      )}
    </section>
  )
}
