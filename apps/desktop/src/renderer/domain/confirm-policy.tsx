import type { Finding } from '@dmarc-as-code/records'
import { useState } from 'react'
import { findingText } from '../../shared/messages/finding-text.ts'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { EvidenceLevel } from '../../shared/reports.ts'
import { WeakeningReason } from '../apply/weakening-reason.tsx'
import { Button } from '../parts/button.tsx'
import { KeptInCode } from '../parts/kept-in-code.tsx'
import { Message } from '../parts/message.tsx'
import { isReason } from '../parts/reason-field.tsx'
import { useFocusHere } from '../parts/use-focus-here.ts'
import { EvidenceOf } from '../reports/evidence-of.tsx'

interface ConfirmPolicyProps {
  readonly title: string
  readonly reasons: readonly Finding[]
  readonly domain: DomainSummary
  /** The change weakens what is live, so it needs a reason. */
  readonly needsConsent: boolean
  /** The policy whose evidence is shown; undefined where there is none to look at. */
  readonly unproven?: EvidenceLevel['target'] | undefined
  readonly busy: boolean
  readonly onConfirm: (reason: string) => void
  readonly onCancel: () => void
}

/** Asks before a change of policy that can cost mail or protection, or that code would change back. */
export function ConfirmPolicy({
  title,
  reasons,
  domain,
  needsConsent,
  unproven,
  busy,
  onConfirm,
  onCancel,
}: ConfirmPolicyProps) {
  const here = useFocusHere<HTMLElement>()
  const [reason, setReason] = useState('')
  return (
    <section ref={here} className="confirmation" aria-label={title}>
      <h3>{title}</h3>
      <KeptInCode domains={[domain]} />
      {reasons.map((reason) => (
        <p key={reason.code}>
          <Message text={findingText(reason)} />
        </p>
      ))}
      {unproven ? <EvidenceOf domain={domain} target={unproven} /> : null}
      {needsConsent ? <WeakeningReason value={reason} onChange={setReason} /> : null}
      <div className="button-row">
        <Button
          kind="danger"
          busy={busy}
          disabled={needsConsent && !isReason(reason)}
          onPress={() => onConfirm(needsConsent ? reason.trim() : '')}
        >
          {t('Publish anyway')}
        </Button>
        <Button kind="quiet" autoFocus onPress={onCancel}>
          {t('Keep editing')}
        </Button>
      </div>
    </section>
  )
}
