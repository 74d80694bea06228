import { useState } from 'react'
import { t } from '../../shared/messages/messages.ts'
import type { Problem } from '../../shared/problems.ts'
import { Button } from './button.tsx'
import { ProblemCard } from './problem-card.tsx'
import { isReason, ReasonField } from './reason-field.tsx'
import { useFocusHere } from './use-focus-here.ts'

interface AcceptRiskProps {
  /** What the service misses. */
  readonly problem: Problem
  readonly busy: boolean
  readonly onAccept: (reason: string) => void
  readonly onCancel: () => void
}

/** The service asks for evidence before a policy is tightened. A person may know better, and says why. */
export function AcceptRisk({ problem, busy, onAccept, onCancel }: AcceptRiskProps) {
  const here = useFocusHere<HTMLElement>()
  const [reason, setReason] = useState('')
  return (
    <section ref={here} className="confirmation" aria-label={t('Publish without evidence?')}>
      <h3>{t('Publish without evidence?')}</h3>
      <ProblemCard problem={problem} />
      <ReasonField
        label={t('Why is the risk accepted?')}
        value={reason}
        onChange={setReason}
        help={t('Kept in Activity and by the service, so that others know why.')}
      />
      <div className="button-row">
        <Button kind="danger" busy={busy} disabled={!isReason(reason)} onPress={() => onAccept(reason.trim())}>
          {t('Publish anyway')}
        </Button>
        <Button kind="quiet" onPress={onCancel}>
          {t('Cancel')}
        </Button>
      </div>
    </section>
  )
}
